"""Words that every plain retelling has, and words that no retelling may bring in."""

from __future__ import annotations

from assistant.generation.wording import stem_of

__all__ = ["GRAVE", "PLAIN"]

_PLAIN = """
abide able accompany accordingly achieve achieves act acting acts actual actually add addition
additional additionally address addressed addresses adds adequate advance affect affects again
agree ahead aid aimed allocate allow allows alone along already also alternative although amount
amounts answer answers anyone anything apart appear appears application applied applies apply
area areas arise arises around arrange arranged arranges article aspect assume attach attached
attaches attain attention avoid avoids await aware back base based bases basic basically basis
bear become becomes before begins behalf behave being believe belong belongs benefit benefits
besides better beyond big boost bound branch bring brings broad broadly brought build builds
built busy call called calls came capable care careful carried carries carry case cases cause
caused causes ceiling certain chance chances changed characteristic choice choose chooses
choosing chosen circle circumstance clarifies clarify clear clearly closer collective combine
come comes comfort coming commit commits common commonly communicate comparable compared
complement complete completely comprise concept concern concerns concrete concretely conduct
conducts confirm confirms connect connected connection consequence consequently consider
considers consist consists constitute constitutes contain contains context continue continues
contrast convention convey core correct correctly corresponding could count counted counts
couple course cover covered covers create creates crucial current currently daily deal deals
dealt decide decided decides deem deems define defined defines definition deliver demand demands
depend depending depends describe described describes deserve desire detail details devote
differ difference different differs directed directs disagree discuss discusses display distinct
distinguish divide does done doubt draw draws due during duties each earlier early easier easily
easy effect effort efforts either elsewhere emphasis emphasize emphasizes empower enable enables
encompass encompasses end endure engage engages enough ensure ensures entail entails enter
entire entirely equally equip equivalent especially essence essential even eventually every
everybody everyone everything everywhere exact exactly example examples exercise exist existing
exists expect expected expects explain explains explicit explicitly express extend extends
extent face faces facing fact facts fall falling falls familiar far favour feel few fewer field
fields figure final finally find finds fit fits fitting fix fixed fixes floor flow focus focuses
follow follow-up followed following follows foresee foresees form formal formally former forms
formulate forth forward foster found foundation frame framed free friendly full fully functions
further furthermore future gap general generally get gets getting go goal goes going gone good
got govern governed governs great greatly ground grounded grounds grow guarantee guide guides
handle handled handles happen happens hard have having head heed heeds help helpful hence here
hold holds hope host how however huge idea identical illustrate imagine immediately implies
imply importance important in-depth inclusive indeed indicate indicates initial inside instance
instead instruct intend intended intends introduce introduces involve involved involves issue
issues item items itself job jobs join jointly just keep keeps key kind kinds knew know known
knows lack laid largely last lasts later latter lay lays lead leading leads least leave leaves
led left length less let lets level likewise limit line link links list listed listing lists
long look looked looking looks lower main mainly maintain major making manage manages many mark
markedly matter matters mean meaning means meant meanwhile meet mention mentioned mentions
merely middle mind minded mirror moment more moreover mostly motivate move moves name namely
nature nearby necessarily need needs new next normally note noted notes nothing notion now
number numbers observe obvious obviously occasion occur occurs offer once ones ongoing onto open
opened opens operate operates opportunities opportunity option options ordinary organize
organizes origin original otherwise outcome outline outside overall oversee own pair parallel
part participate particular particularly parts people per perfect perform perhaps permit permits
permitted phrase pick picture piece place placed places plain plainly plan planned plans play
plays please plenty point points pose position positive possibly practical practically practice
precise precisely prefer preference prepared prescribe prescribes presence present presented
presents pretty previous previously primarily primary prior probably problems proceed process
produce promise prompt proper properly prospect provided provision provisions purpose purposes
pursue pursues push put puts puzzle qualifies qualify question questions quite raise raises
range rather reach reached reaches read reader reads ready real realize really reason reasonable
receive receives recent recently recipient recognise recognize refer reference refers reflect
reflects regard regarding regardless regards regular regularly relate related relates relation
relatively relied relies rely remain remainder remains remark remember remind remote reply
represent require required requirement requires resort respond responds responsible rest rests
result resulting results role roles rough roughly round rule rules run running runs same satisfy
say says scope second see seek seeks seem seems select selects sense sentence separate
separately serve serves set sets settle several shape share short shortly should show shows side
sides similar similarly simple simply since single situation situations size slight smooth so-
called someone something sometimes somewhere soon sort sorts sought speak speaking speaks
special specific specifically specifies specify spell spelled spells spread stand standard
stands start stated statement states stay stays step steps stick still stood stop story straight
stretch strictly strong structure subject subsequent such suit suits sum summary suppose sure
surely surround take taken takes talk talks target task tasks tell tells tend term text there
thereby therefore thereof thing things think thinks though through throughout thus tie tied ties
time times title today together took tool tools topic total touch touches toward treat treated
treats treaty tried tries trust truth try trying turn turned twofold type types typical
typically ultimate ultimately unclear under underlie underline underpins understand undertakes
unlike up upon use used useful uses using usual usually varies various vary verify version view
views virtue vital want wants way ways weigh weighs well went whatever whenever whereby wherever
whether whichever while whole why wide widely will willing wish wishes within word wording words
work works world worth would write wrong yet zone
"""
_GRAVE = """
accid alien amnesti annual appeal approv armi arrest audit backdoor bail bond budget
certifi compens confidenti consensus consent content cost court damag day death deport dismiss
donor drug encrypt escrow expel extern famili fee foreign fund guarante hour immun inspect insur
intent interest journalist liabl licen loan major maximum media men metadata militari minimum
month neglig nuclear oblig oral pardon passport penalti perman permiss press
prioriti prison public quarter reckless refug refus regist reimbur religion report rich
sanction secret subscrib suspend tax temporari terror tortur traffic unanim veto visa war
warrant weapon week women writ write year
"""
PLAIN = frozenset(stem_of(word) for word in _PLAIN.split()) - {""}
"""Stems of words by which a sentence says that something is so, without saying more."""

GRAVE = frozenset(_GRAVE.split())
"""Stems of what changes the law: penalties, money, time, consent, kinds of data, other bodies."""
