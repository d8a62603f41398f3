"""The whole Convention as Akoma Ntoso 1.0 (the OASIS standard for legal texts).

Ids follow its naming convention: ``art_14__para_1__point_b``, ``art_2__point_f__point_ii``. It is
the digest, and its metadata say so: neither authoritative nor prescriptive.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from assistant.exports import Content
from index.convention import Article, Convention, Provision
from prompts import fixed_text

__all__ = ["NAMESPACE", "eid", "write"]

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_WORK = "/akn/un/act/treaty/2024-12-24/79-243"
_ADOPTED = "2024-12-24"
_LANGUAGES = {"en": "eng"}


def eid(provision: Provision) -> str:
    """The id of a provision by the naming convention: ``art_14__para_1__point_b``."""
    article, *parts = provision.id.split("/")
    if article == "preamble":
        return "__".join(["preamble", *(f"rec_{part}" for part in parts)])
    named = [
        part.replace("para-", "para_") if part.startswith("para-") else f"point_{part}"
        for part in parts
    ]
    return "__".join([article.replace("art-", "art_"), *named])


def write(content: Content) -> bytes:
    """The Convention as an Akoma Ntoso file, in UTF-8."""
    register_namespace("", NAMESPACE)
    convention, day = content.convention, content.day
    root = Element(_name("akomaNtoso"))
    act = SubElement(root, _name("act"), name="treaty")
    _meta(act, convention, day)
    preface = SubElement(act, _name("preface"), eId="preface")
    title = SubElement(preface, _name("longTitle"), eId="preface__longTitle")
    words = SubElement(title, _name("p"))
    SubElement(words, _name("docTitle"), eId="preface__docTitle").text = convention.title
    if convention.preamble:
        _preamble(act, convention)
    body = SubElement(act, _name("body"), eId="body")
    for chapter in convention.chapters:
        element = _headed(body, "chapter", f"chp_{chapter.roman}", f"Chapter {chapter.roman}")
        SubElement(element, _name("heading")).text = chapter.title
        for article in chapter.articles:
            _article(element, article, convention)
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def _meta(act: Element, convention: Convention, day: date) -> None:
    language = _LANGUAGES.get(convention.language, convention.language)
    expression = f"{_WORK}/{language}@{_ADOPTED}"
    meta = SubElement(act, _name("meta"))
    identification = SubElement(meta, _name("identification"), source="#digest")
    work = _level(identification, "FRBRWork", _WORK, _ADOPTED, "adoption", "#un")
    SubElement(work, _name("FRBRcountry"), value="un")
    SubElement(work, _name("FRBRnumber"), value="A/RES/79/243")
    SubElement(work, _name("FRBRprescriptive"), value="true")
    made = _level(identification, "FRBRExpression", expression, _ADOPTED, "adoption", "#digest")
    SubElement(made, _name("FRBRauthoritative"), value="false")
    SubElement(made, _name("FRBRlanguage"), language=language)
    file = _level(
        identification, "FRBRManifestation", f"{expression}.xml", f"{day}", "export", "#digest"
    )
    SubElement(file, _name("FRBRformat"), value="application/akn+xml")
    references = SubElement(meta, _name("references"), source="#digest")
    for key, shown in (("un", "United Nations"), ("digest", "Plain-language digest")):
        SubElement(
            references,
            _name("TLCOrganization"),
            eId=key,
            href=f"/akn/ontology/organization/{key}",
            showAs=shown,
        )
    notes = SubElement(meta, _name("notes"), source="#digest")
    note = SubElement(notes, _name("note"), eId="note_1")
    stamp = f"SHA-256 of the text: {convention.sha256}."
    SubElement(note, _name("p")).text = f"{fixed_text('register_disclaimer')} {stamp}"


def _level(
    identification: Element, tag: str, uri: str, day: str, event: str, author: str
) -> Element:
    element = SubElement(identification, _name(tag))
    SubElement(element, _name("FRBRthis"), value=f"{uri}/!main")
    SubElement(element, _name("FRBRuri"), value=uri)
    SubElement(element, _name("FRBRdate"), date=day, name=event)
    SubElement(element, _name("FRBRauthor"), href=author)
    return element


def _preamble(act: Element, convention: Convention) -> None:
    opening, *paragraphs = convention.preamble
    preamble = SubElement(act, _name("preamble"), eId=eid(opening))
    if opening.text:
        SubElement(preamble, _name("p")).text = opening.text
    recitals = SubElement(preamble, _name("recitals"), eId="preamble__recs")
    for paragraph in paragraphs:
        recital = SubElement(recitals, _name("recital"), eId=eid(paragraph))
        SubElement(recital, _name("p")).text = paragraph.text


def _headed(parent: Element, tag: str, key: str, number: str) -> Element:
    element = SubElement(parent, _name(tag), eId=key)
    SubElement(element, _name("num")).text = number
    return element


def _article(chapter: Element, article: Article, convention: Convention) -> None:
    head = article.provisions[0]
    element = _headed(chapter, "article", eid(head), article.name.capitalize())
    SubElement(element, _name("heading")).text = article.title
    _inside(element, head, convention.children(head), convention)


def _inside(
    element: Element, provision: Provision, parts: Sequence[Provision], convention: Convention
) -> None:
    """The words of a provision, and its parts below them."""
    if not parts:
        _words(element, "content", provision.text)
        return
    _words(element, "intro", provision.text)
    _parts(element, parts, convention)
    _words(element, "wrapUp", provision.closing)


def _words(element: Element, tag: str, text: str) -> None:
    if text:
        SubElement(SubElement(element, _name(tag)), _name("p")).text = text


def _parts(element: Element, parts: Iterable[Provision], convention: Convention) -> None:
    for part in parts:
        tag, number = ("point", f"({part.items[-1]})") if part.items else ("paragraph", "")
        inner = _headed(element, tag, eid(part), number or f"{part.paragraph}.")
        _inside(inner, part, convention.children(part), convention)
