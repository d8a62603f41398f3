"""Bodies that people give a part in the Convention, and whether a text names them. Pure."""

from __future__ import annotations

import re

__all__ = ["invented_body", "unnamed_body"]

_BODIES = {
    "INTERPOL": r"interpol",
    "Europol": r"europol",
    "Eurojust": r"eurojust",
    "the International Telecommunication Union": r"itu|international telecommunications? union",
    "UNODC": r"unodc|office on drugs and crime",
    "the Security Council": r"security council",
    "the Human Rights Council": r"human rights council",
    "the Human Rights Committee": r"human rights committee",
    "the International Court of Justice": r"international court of justice|icj",
    "the International Criminal Court": r"international criminal court|icc",
    "the Council of Europe": r"council of europe",
    "the European Commission": r"european commission",
    "the European Court of Human Rights": r"european court of human rights|echr|strasbourg court",
    "the World Bank": r"world bank",
    "the International Monetary Fund": r"international monetary fund|imf",
    "the Hague Conference on Private International Law": r"hague conference[\w ]*",
    "the Permanent Court of Arbitration": r"permanent court of arbitration",
    "the OECD": r"oecd",
    "NATO": r"nato",
    "the African Union": r"african union",
    "the World Trade Organization": r"world trade organi[sz]ation|wto",
    "the Red Cross": r"red cross",
    "UNESCO": r"unesco",
    "UNICEF": r"unicef",
    "ICANN": r"icann",
    "the FATF": r"fatf|financial action task force",
    "Viet Nam": r"(?:the )?(?:president|government|foreign minist\w+) of viet ?nam|"
    r"viet ?nam(?:'s government|ese (?:government|president))|"
    r"viet ?nam(?= (?:is the|runs|keeps|manages|hosts the|acts|holds|collects|decides))|"
    r"(?<=by )viet ?nam",
}
"""The name of each as it stands in a sentence, and how people write it."""

_FORMS = {name: re.compile(rf"\b(?:{form})(?!\w)", re.IGNORECASE) for name, form in _BODIES.items()}


def unnamed_body(question: str, text: str) -> str:
    """The first of these bodies that ``question`` names and ``text`` does not; "" for none."""
    named = ((form.search(question), name) for name, form in _FORMS.items())
    found = sorted((match.start(), name) for match, name in named if match)
    return next((name for _, name in found if not _FORMS[name].search(text)), "")


_MADE_UP = re.compile(
    r"\b(?:(?:Which|What|Who|Where|How|Is|Does|The) )?"
    r"(?P<name>(?:[A-Z][\w-]*(?: (?:of|on|for|against|and))? ){1,6}"
    r"(?:Fund|Committee|Team|Board|Court|Agency|Council|Commission|Tribunal|Panel|Bureau|Unit|"
    r"Cent(?:re|er)|Database|Force|Facility|Platform|Inspectorate|Registry|Observatory|Institute|"
    r"Directorate))\b"
)
_OF_THE_TREATY = re.compile(
    r"\b(?:Global|World|Worldwide|Standing|Technical|Cyber\w*|Digital|Joint|Hanoi|"
    r"Convention|Treaty|Permanent|Independent|Central|Universal|United Nations|UN|International|"
    r"Victims?|Compliance|Monitoring|Sanctions|Evidence|Data)\b"
)
_REAL = re.compile(
    r"International Criminal|Court of (?:Justice|Auditors|Human)|Data Protection|Joint Committee on"
    r"|Central (?:Bank|Bureau of Inv)|Cybercrime Convention Committee|Monetary Fund|Ad Hoc|"
    r"Law Commission|Law Enforcement|European|Supreme|Constitutional|National|Federal|Financial",
    re.IGNORECASE,
)


def invented_body(question: str, text: str) -> str:
    """A body with the name of one that a treaty sets up, where ``text`` has none such; "" else.

    ``text`` is the whole Convention.
    """
    for match in _MADE_UP.finditer(question):
        name = match["name"]
        made_up = _OF_THE_TREATY.search(name) and not _REAL.search(name)
        if made_up and name.lower() not in text.lower():
            return f"a {name}"
    return ""
