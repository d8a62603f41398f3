"""Words that every plain retelling has, and words that no retelling may bring in."""

from __future__ import annotations

from assistant.generation.wording import stem_of

__all__ = ["GRAVE", "PLAIN"]

_PLAIN = """
able accordingly act acts actually add addition additional additionally address addressed
addresses adds affect affects allow allows already also anyone anything appear appears
application applied applies apply area areas around article attach attaches base based bases
basic basis bear believe belong benefit benefits besides beyond big bring brings brought build
builds built call called calls came carried carries carry case cases ceiling certain choice
choose chooses chosen clear clearly close closer come comes coming concern concerns concrete
concretely contain contains convention core count counted counts cover covered covers decide
decided decides define defined defines definition depend depending depends describe described
describes differ difference different differs earlier early effort efforts ensure ensures even
everybody everyone everything example examples exist existing exists explicit explicitly express
extend extends extent few fewer field fields find finds fix fixed fixes floor focus focuses
follow followed following follows form forms found free full fully further future general
generally get gets getting go goal goes going gone good got ground grounded grounds guarantee
handle handled handles happen happens heed heeds hence idea instead involve involved involves
job jobs jointly keep keeps key kind kinds knew know known knows laid last lasts later lay lays
lead leading leads leave leaves led left less let lets limit link links list listed listing
lists look looked looking looks main mainly many matter matters mean means meant mention
mentioned mentions moment more moreover name nature need needs nothing notion now number numbers
occur occurs open opens own part participate particular particularly parts people permit permits
permitted piece place places plan planned plans point points practical practically practice
prescribe prescribes provision provisions purpose purposes pursue pursues put puts question
questions rather reach reached reaches reads real really regular regularly relate relates relied
relies rely remain remains require required requirement requires rest rests result results role
roles rule rules run running runs says see seek seeks sense sentence serve serves set sets
several short show shows side sides simply someone something soon sort sorts specific
specifically spell spelled spells stand stands start stay stays step steps still stood stop
straight sure take taken takes talk task tasks text there thereby therefore thing things think
thinks thus time times today together took tool tools touch touches treat treated treats treaty
tried tries try trying turn turned type use used uses using various view want wants way well
went whole wide word wording words work works
"""
_GRAVE = """
accident alien amnesti annual appeal approv armi arrest audit backdoor bail bond budget
certifi compens confidenti consensus consent content cost court damag day death deport dismiss
donor drug encrypt escrow expel extern famili fee foreign fund guarante hour immun inspect insur
intent interest journalist liabl licens loan major maximum media men metadata militari minimum
month neglig nuclear oblig oral orally pardon parol passport penalti perman permiss press
prioriti prison public quarter reckless refuge refus regist reimburs religion report rich
sanction secret subscrib suspend tax temporari terror torture traffic unanim veto visa war
warrant weapon week women writ writing year
"""
PLAIN = frozenset(stem_of(word) for word in _PLAIN.split()) - {""}
"""Stems of words by which a sentence says that something is so, without saying more."""

GRAVE = frozenset(_GRAVE.split())
"""Stems of what changes the law: penalties, money, time, consent, kinds of data, other bodies."""
