"""Plain words for the words of the Convention: a group a line, the first stands for all.

A line that is set in goes on with the group above it.
"""

from __future__ import annotations

import re

from assistant.lexical import tokens_of

__all__ = ["STOPWORDS", "SYNONYMS"]

_GROUPS = """
crime crimes criminal offence offences offense offenses crimin criminalize criminalise
    criminalized criminalization criminalisation criminally punishable punish punished punishes
    punishing outlaw outlawed
cybercrime cyber-crime cybercrimes
law laws legislation legislative legal legally statute statutory rules
convention treaty agreement-text text
person persons people individual individuals anyone someone anybody somebody human humans natural
keep keeps kept keeping preserve preserves preserved preserving preservation retain retains
    retained retention store stores stored storing storage save saved saving hold holds held
    holding safe
quick quickly speedy speedily fast prompt promptly rapid rapidly swift swiftly expedited expedite
    urgently soon immediate instantly
give gives given giving provide provides provided providing provision supply supplies supplied
    supplying hand handing handed grant grants granted granting afford afforded offer offers
    offering furnish deliver render
tell tells told inform informs informed informing notify notifies notified notifying notification
    notice communicate communicates communicated announce
ask asks asked asking request requests requested requesting seek seeks sought seeking apply-for
    call calls
help helps helped helping assist assists assisted assisting assistance aid aided aiding support
    supports supported supporting
use uses used using usage employ employs employed utilize utilise
end ends ended ending cease ceases terminate terminates lapse expire expires stop stops stopped
leave leaves leaving left denounce denounces denounced denouncing denunciation withdraw-from quit
    quits
join joins joined joining accede accedes acceding accession become becomes
take takes taken taking adopt adopts adopted adopting adoption
measure measures step steps action actions act acts
create creates created creating establish establishes established establishing establishment set
    sets setting
make makes made making
stored saved-on
system systems
ict computer computers network-system it-system information-system cyber digital online internet
    electronic electronically
data information info
rule provision-of article-of principle principles
way ways manner means method methods procedure procedures
work works working cooperate cooperates cooperating cooperation cooperative collaborate
    collaboration together
money funds fund monetary financial financially finance finances financing
proceeds profit profits gains gain loot ill-gotten
property asset assets
seize seizes seized seizing seizure freeze freezes frozen freezing securing
confiscate confiscates confiscated confiscating confiscation forfeit forfeiture forfeited
return returns returned returning restitution
share shares shared sharing exchange exchanges exchanged exchanging
gather gathers gathered gathering collect collects collected collecting collection obtain obtains
    obtained obtaining record records recorded recording
search searches searched searching
intercept intercepts intercepted intercepting interception wiretap wiretapping eavesdrop
    eavesdropping
access accesses accessed accessing hack hacks hacking hacked hacker break-in enter
child-material csam
image images picture pictures photo photos photograph
spread spreads spreading spreaded disseminate dissemination distribute distributes distributing
    distribution publish publishes publishing publication circulate available
penalty penalties sanction sanctions punishment punishments sentence sentences sentenced fine
    fines
prison imprisonment jail jailed detention deprivation liberty custody detained detain
refuse refuses refused refusing refusal decline declines declined declining deny denies denied
    denying reject rejects rejected turn-down
reason reasons ground grounds
begin begins start starts starting started open-up launch commence commences
enter enters entry
force effect effects effective effectively
day days
sign signs signed signing signature
ratify ratifies ratified ratifying ratification
approve approves approved approval
accept accepts accepted accepting acceptance
amend amends amended amending amendment amendments change changes changed changing modification
    modify
propose proposes proposed proposing proposal
vote votes voting voted
court-case proceeding proceedings trial trials judicial
investigate investigates investigated investigating investigation investigations investigative
    inquiry inquiries
prosecute prosecutes prosecuted prosecuting prosecution prosecutions
evidence proof
territory territories soil inside
national nationals citizen citizens nationality
protect protects protected protecting protection safeguard safeguards guard
right rights
free freely freedom freedoms voluntary voluntarily
condition conditions terms requirement requirements
confidential confidentiality secret secretly secrecy quiet silent silence undisclosed hush
oral orally spoken verbally
require requires required requiring demand demands insist insists
hear hears heard hearing
disclose discloses disclosed disclosing disclosure reveal reveals revealed hand-out
loss lose loses losing lost
large broad broadest broader wide widest widely wider greatest
separate separately standalone
similar comparable analogous alike
duplicate duplication duplicated duplicating overlap overlaps
opportunity opportunities chance chances opening openings
view views opinion opinions
contact-point focal
emergency emergencies
imminent immediate
safe safety security secure safer safely
feasible practicable doable workable
voluntary voluntarily willing willingly
staff personnel employees officials
crew vessel ship ships vessels boat boats
aircraft plane planes aeroplane
fiscal tax taxation taxes
race racial
religion religious faith
opinion political politics politically
fair fairness fairly
appear appears appearing attend
serve serves serving served
habitually usually resident lives live living reside resides
hide hidden conceal conceals concealed concealing concealment disguise disguising
convert converts converting converted conversion
know knows known aware awareness knowledge
national-strategy strategy strategies strategic
policy policies
child-abuse abuse abused abusive
exploit exploitation exploited
vulnerable vulnerability fragile
back support-of
research researchers researcher
educate education educational schooling
peer partner partners
defendant-right defence
present presence
seek-out look-for
transparent transparency openness
proportionate proportionality
remedy remedies redress
appeal appeals
urgent urgency pressing
worthless minimal negligible trivial petty minor
timely punctual
final definitive
mobile movable
status standing
send sends sent sending forward forwards forwarded forwarding transmit transmits transmitted
    transmitting transmission pass passes passed transfer transfers transferred transferring
cost costs expense expenses
bear bears pay pays paying paid paying payment
decide decides decided deciding decision determine determines
consult consults consulted consulting consultation consultations
discuss discusses
postpone postpones postponed postponing delay delays delayed defer
extradite extradites extradited extraditing extradition extraditable surrender surrendered
writing written
language languages
list lists
register registry registers
designate designates designated designating name names named naming appoint appoints appointed
improve improves improved improving improvement better strengthen strengthens strengthened
    strengthening enhance enhances
prevent prevents prevented preventing prevention preventive avoid avoids
combat combats combating combatting fight fights fighting counter
promote promotes promoting promotion foster encourage encourages encouraging
train trains trained training
develop develops developing development
poor poorer
serious seriously grave gravity
harm harmful harms damage damages damaged damaging
intentional intentionally intent intention intentions deliberate deliberately purpose purposely
    wilful knowingly
dishonest fraudulent fraud deceit deception deceive
steal theft stealing
forgery forge forged false fake falsified
inauthentic unauthentic
consent consents agree agrees agreed agreeing agreement permission
settle settles settled settling settlement resolve resolves
dispute disputes disagreement disagreements
negotiation negotiations negotiate talks
arbitration arbitrate
reservation reservations reserve reserves
bind binds binding bound
stay stays remain remains remaining
describe describes description
include includes included including inclusion cover covers covered covering contain contains
    comprise
need needs needed necessary
limit limits limited limiting restrict restricts restricted restriction restrictions
deal deals dealing concern concerns concerning relate relates related relating
carry-out execute executes executed executing execution implement implements implemented
    implementing implementation perform performed
follow follows comply complies complied compliance obey respect
suitable appropriate appropriately proper properly adequate adequately fitting
possible possibility
important significant
show shows shown display displays displayed depict depicts depicted depicting represent
sell sells selling sold sale
buy buys buying bought acquire acquires acquiring acquired
possess possesses possessing possession own owns owning ownership owner
attempt attempts attempted attempting
prepare prepares prepared preparing preparation
participate participates participating participation part accomplice accomplices abet abetting
launder launders laundering laundered
liable liability responsible responsibility accountable
review reviews reviewed reviewing
meet meets meeting meetings session sessions convene convenes
examine examines examining check
apply applies applied applying application
period periods term duration length long
time times
year years annual annually yearly
extend extends extended extending extension prolong
renew renews renewed renewal
exist exists existing
aim aims purpose-of objective objectives goal goals
identify identifies identified identifying identity
locate locates located locating location whereabouts place
trace traces tracing
origin source sources
understand understands understood interpret interpreted interpretation read
region regional
international internationally global worldwide cross-border
country-state
domestic national-law
public publicly
private privately privacy
equal equally sovereign-equality
text texts
valid authentic
original originals
deposit deposits deposited depositing
instrument instruments
large greater extensive broadly
small minor-matter trivial minimal
enough sufficient sufficiently
near close closely
likely probable
believe believes believed believing think thinks thought
want wants wish wishes wanted
able capable
threat threats threaten threatened threatening risk risks danger
age aged old
sexual sexually sex
porn pornography
groom grooms grooming solicit solicits soliciting solicitation
delete deletes deleted deletion deleting erase remove removes removed removing
alter alters altered alteration alterations
hinder hinders hindering disrupt disrupts obstruct
password passwords credentials
device devices tool tools
program programs software
copy copies
compensate compensates compensated compensating compensation
destroy dispose disposal disposes
deduct deducts deducted deducting subtract
contribute contributes contributing contribution contributions
testimony testify testifies testifying
relocate relocating relocation
video videoconference video-conference
whole entire entirely complete full fully
early release-early parole
joint jointly
body bodies
"""

STOPWORDS = frozenset(
    """
    a about above across again against all along also although am among amongst an and any are
    as at away be been being between both by case cases certain concerned could did do does
    doing done down during each either else etc even every example far few for from further had
    has have having he her here him his how i in instance into is it its itself just kind like
    made make makes making many me might more moreover most much my namely of off often on one
    ones only or other others otherwise our out over own particular per quite rather regard
    regarding same say says see she so some such sure than that the their them themselves then
    there thereby therefore these they this those through thus to too toward towards under up
    upon us via very was way we well were what which whichever while who whom whose why will
    with within would yet you your convention treaty article articles paragraph paragraphs shall
    such states thing things accordance according basis aspect aspects respect relevant related
    set lays laid down out provide provision provisions expressly specifically generally
    """.split()
)
"""Words that carry no weight of their own."""


LONGEST_ENDING = 3
"""Letters of an ending that leave a word of a group what it is: transmission, not knowingly."""


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for group in re.split(r"\n(?! )", _GROUPS.strip()):
        words = group.split()
        first = tokens_of(words[0])[0]
        for word in words:
            table.setdefault(word, first)
    for word, first in list(table.items()):
        for stem in tokens_of(word):
            if len(word) - len(stem) <= LONGEST_ENDING:
                table.setdefault(stem, first)
    return table


SYNONYMS = _table()
"""The stem that stands for a word, for each word of a group."""
