"""Expressions that stand for one thing: parties, must and may, no and not, before and after.

Each is a pattern over small letters and what is put for it, in the order in which they are tried;
what an earlier one put may be part of a later pattern. Capitals are marks, small letters words.
"""

from __future__ import annotations

__all__ = ["BREAK", "EXPRESSIONS", "MODALS", "PARTIES"]

BREAK = "BREAK"
"""Stands between clauses."""

MODALS = frozenset({"MUST", "MAY", "SHOULD", "CONSIDER", "TRY", "URGE", "MUSTNOT", "NEEDNOT"})
"""Marks of what is required, allowed and forbidden."""

PARTIES = frozenset(
    "INTERPOL ICJ ICC SECGEN SECRETARIAT DEPOSITARY CONFERENCE ASSEMBLY SECCOUNCIL RIGHTSBODY "
    "UNODC EUROPOL EUROJUST EUROPE ITU WORLDBANK REIO REQUESTING REQUESTED SENDING RECEIVING "
    "AUTHORITY CENTRAL CONTACT COURT POLICE PROSECUTOR MINISTRY PARLIAMENT EMBASSY PROVIDER "
    "CUSTODIAN COMPANY VICTIM WITNESS EXPERT OFFENDER DEFENDANT THIRDPARTY THIRDSTATE PRESS "
    "RESEARCHER NGO CIVIL ACADEMIA PRIVATE BANK STATE".split()
)
"""Marks of persons and bodies."""

_STATE = r"(?:states?(?: part(?:y|ies))?|countr(?:y|ies)|part(?:y|ies)|governments?|nations?)"
_BE = r"(?:is|are|be|was|were|being|been)"
_ADVERB = r"(?:(?:(?!only)\w+ly|also|then|nevertheless|still|first|each|both|at least) )?"
_TO = r"(?: to\b| that\b)?"

_NOBODY = (
    r"\b(?:(?:no|nobody|no one)(?! (?:later|more|less|longer|earlier|fewer)\b)((?: \w+){0,3}?)"
    r"|neither((?: \w+){1,6}?))"
)
_MARK = r"(?:\s?\([0-9a-z]{1,4}\))*"
_NUMBERS = rf"\d+{_MARK}(?:(?:,? (?:and|or|to) |, | ?[-–] ?)\d+{_MARK})*"
EXPRESSIONS: tuple[tuple[str, str], ...] = (
    # whom a writer speaks to
    (
        r"^(?:dear \w+(?: \w+)?|(?:to )?put (?:it )?(?:plainly|simply|briefly)[^,:]{0,40}"
        r"|\w+ note|in short|simply put|in a nutshell|in plain (?:words|terms|english)"
        r"|(?:note|reminder|advice) (?:to|for) [\w ]{1,24})[,:] ",
        "",
    ),
    (
        r"^(?:[\w-]+ ){1,3}(?:should|must|may|can) (?:note|know|be aware|bear in mind|remember"
        r"|rest assured)(?: that\b|:)",
        "",
    ),
    (
        rf"\b(?:articles?|arts?\.|paragraphs?|paras?\.) {_NUMBERS}(?: (?:and|or) \([a-z]+\))*"
        r"(?: of (?:this|that) (?:article|paragraph))?|\bchapters? (?:[ivx]+|\d+)\b",
        " ",
    ),
    # typography and short forms
    (r"[’‘`´]", "'"),
    (r"[“”]", '"'),
    (r"\b(can|could|must|need|should|would|do|does|did|is|are|was|were|has|have)n't\b", r"\1 not"),
    (r"\bcannot\b|\bcan't\b", "can not"),
    (r"\bwon't\b", "will not"),
    (r"'s\b|s'(?= )", " "),
    (
        r"\b24 ?/ ?7\b|\b24 hours a day,? (?:and )?(?:7|seven) days a week\b"
        r"|\b(?:round|around) the clock\b|\bday and night\b",
        " clocknetwork ",
    ),
    (r"\bun\b|\bu\.n\.", "united nations"),
    (
        r"\bdomestic law|\bnational law|\b(?:their|its|his|her|our|the country) own laws?\b"
        r"|\binternal law",
        "domestic law",
    ),
    (r"\(leave\)|\(de minimis\)|\(ordre public\)", " "),
    (r"\b(must|also|shall|should) states?\b", r"\1 specify"),
    # persons and bodies
    (
        r"\binternational criminal police organi[sz]ation(?: \(interpol\))?|\binterpol\b",
        " INTERPOL ",
    ),
    (r"\binternational court of justice\b|\bicj\b", " ICJ "),
    (r"\binternational criminal court\b|\bicc\b", " ICC "),
    (r"\b(?:united nations )?secretary[- ]general(?: of the united nations)?\b", " SECGEN "),
    (r"\bsecretariats?\b", " SECRETARIAT "),
    (r"\bdepositary\b", " DEPOSITARY "),
    (
        r"(?:\bthe )?\bconference of (?:the )?(?:states )?parties(?: to the convention)?\b"
        r"|\bconference of (?:the )?states parties\b"
        r"|(?<!video )(?<!press )\bthe conference\b(?! call)",
        " CONFERENCE ",
    ),
    (r"\b(?:united nations )?general assembly\b", " ASSEMBLY "),
    (r"\b(?:united nations )?security council\b", " SECCOUNCIL "),
    (r"\b(?:united nations )?human rights (?:council|committee)\b", " RIGHTSBODY "),
    (r"\bunodc\b|\b(?:united nations )?office on drugs and crime\b", " UNODC "),
    (r"\beuropol\b", " EUROPOL "),
    (r"\beurojust\b", " EUROJUST "),
    (r"\bcouncil of europe\b|\beuropean (?:commission|union|court[\w ]*)\b", " EUROPE "),
    (r"\b(?:international )?telecommunications? union\b|\bitu\b", " ITU "),
    (r"\bworld bank\b|\binternational monetary fund\b|\bimf\b", " WORLDBANK "),
    (
        r"\bregional (?:economic )?(?:integration )?organi[sz]ations? (?:for"
        r"|of) economic integration\b"
        r"|\bregional economic (?:integration )?organi[sz]ations?\b|\breios?\b"
        r"|\bregional integration "
        r"organi[sz]ations?\b",
        " REIO ",
    ),
    (
        rf"\b{_STATE} (?:that|which) (?:has |have )?(?:sent|sends?|ma[dk]es?|submits?|submitted) "
        r"(?:the|a|such|its) request\b",
        " REQUESTING ",
    ),
    (
        rf"\b{_STATE} (?:that|which) (?:receives?|received|gets?|got) (?:the|a|such) request\b"
        rf"|\b{_STATE} (?:receiving|that gets) (?:the|a|such) request\b",
        " REQUESTED ",
    ),
    (
        rf"\b(?:requesting|asking) {_STATE}|\brequesting side\b|\brequesting authorit(?:y|ies)\b"
        rf"|\b{_STATE} (?:that|which) (?:asks|requests|asked)\b(?! for (?:the|a) dis)"
        rf"|\b{_STATE} (?:making|asking for|sending) (?:the|a) request\b|\brequester\b"
        rf"|\brequesting one\b"
        rf"|\b{_STATE} (?:seeking|that seeks) (?:help|assistance|the extradition|extradition)\b",
        " REQUESTING ",
    ),
    (
        rf"\brequested {_STATE}|\b{_STATE} (?:that|which) (?:is|was|has been) (?:asked|requested)\b"
        rf"|\b{_STATE} (?:asked|requested)\b(?! (?:for|that|to (?:be|stop)))"
        r"|\brequested side\b|\brequested one\b|\brequested authorit(?:y|ies)\b",
        " REQUESTED ",
    ),
    (
        rf"\b(?:sending|transferring|forwarding) {_STATE}|\b{_STATE} (?:that|which) (?:sent|sends|"
        rf"transferred|transfers|provided|forwards)\b(?! (?:a|the) request)",
        " SENDING ",
    ),
    (
        rf"\breceiving {_STATE}|\b{_STATE} (?:that|which) (?:receives?|received)\b(?! (?:a"
        rf"|the) request)",
        " RECEIVING ",
    ),
    (
        r"\bcompetent (?:national |domestic )?authorit(?:y|ies)\b|\bthe authorit(?:y|ies)\b"
        r"|\b(?:national|domestic|state|public|responsible|its|their) authorit(?:y|ies)\b"
        r"|\bauthorities\b",
        " AUTHORITY ",
    ),
    (r"\bcentral authorit(?:y|ies)\b", " CENTRAL "),
    (r"\bcontact points?\b|\bpoints? of contact\b", " CONTACT "),
    (
        r"\bjudicial authorit(?:y|ies)\b|\bcourts?\b|\bjudges?\b|\btribunals?\b|\bmagistrates?\b",
        " COURT ",
    ),
    (
        r"\bpolice(?: officers?| forces?)?\b|\blaw enforcement (?:agenc(?:y|ies)|authorit(?:y|ies)|"
        r"officers?|officials?|bodies)\b",
        " POLICE ",
    ),
    (r"\bprosecutors?\b|\bprosecution services?\b", " PROSECUTOR "),
    (r"\bministr(?:y|ies)\b|\bministers?\b", " MINISTRY "),
    (r"\bparliaments?\b|\blegislatures?\b|\blegislators?\b", " PARLIAMENT "),
    (r"\bembass(?:y|ies)\b|\bdiplomats?\b", " EMBASSY "),
    (
        r"\b(?:internet |telecom\w* |communications? )?service providers?\b|\bisps?\b"
        r"|\binternet providers?\b|\bproviders?\b(?! of)|\b(?:online |social media )?platforms?\b",
        " PROVIDER ",
    ),
    (r"\bcustodians?\b", " CUSTODIAN "),
    (
        r"\blegal (?:persons?|entit(?:y|ies))\b|\bcorporations?\b|\bcompan(?:y|ies)\b|\bfirms?\b"
        r"|\bbusiness(?:es)?\b|\benterprises?\b",
        " COMPANY ",
    ),
    (r"\bvictims?\b|\binjured (?:person|part(?:y|ies))\b", " VICTIM "),
    (r"\bwitness(?:es)?\b", " WITNESS "),
    (r"\bexperts?\b", " EXPERT "),
    (r"\boffenders?\b|\bperpetrators?\b|\bcriminals\b|\bwrongdoers?\b|\bculprits?\b", " OFFENDER "),
    (r"\baccused(?: persons?)?\b|\bdefendants?\b|\bsuspects?\b|\bdefence\b(?! of)", " DEFENDANT "),
    (r"\bthird part(?:y|ies)\b", " THIRDPARTY "),
    (r"\bthird (?:state|countr)\w*\b", " THIRDSTATE "),
    (r"\bjournalists?\b|\bmedia outlets?\b|\bpress\b", " PRESS "),
    (r"\bsecurity researchers?\b|\bresearchers?\b", " RESEARCHER "),
    (r"\bnon-?governmental organi[sz]ations?\b|\bngos?\b", " NGO "),
    (r"\bcivil society(?: organi[sz]ations?| groups?)?\b", " CIVIL "),
    (r"\bacademic institutions?\b|\bacademia\b|\buniversit(?:y|ies)\b", " ACADEMIA "),
    (r"\bprivate[- ]sector(?: entit(?:y|ies))?\b|\bindustry\b", " PRIVATE "),
    (r"\bbanks?\b(?! secrecy)|\bfinancial institutions?\b", " BANK "),
    (r"\bchildren\b|\bchild\b|\bminors?\b", " child "),
    (r"\bunder (?:the age of )?(?:18|eighteen)(?: years)?(?: of age| old)?\b", " under18 "),
    (
        r"\b(?:over|above|older than) (?:the age of )?(?:18|eighteen)(?: years)?(?: of age"
        r"| old)?\b",
        " over18 ",
    ),
    (
        rf"\b(?:state part(?:y|ies)|states parties)\b|\b(?:each|every|all|any|some|the|a|an|"
        rf"member|joining|two|those|these) {_STATE}\b|\bcountr(?:y|ies)\b|\bstates\b"
        rf"|\bgovernments?\b"
        r"|\bmembers?(?: states?)?\b|\bpart(?:y|ies)\b(?= (?:to|of) (?:the|this) convention)"
        r"|\bnations?\b(?<!united nations)|\bstate\b",
        " STATE ",
    ),
    (r"\b(?:another|other|foreign) STATE\b|\babroad\b", " OTHERSTATE STATE "),
    # must, may and their kin
    (
        r"\b(?:do|does|did|is|are|was|were) not (?:\w+ly )?(?:be )?(?:have to|need to|need"
        r"|obliged?s?|"
        r"obligated|bound|required?|compel(?:led)?|forced?|mandatory|compulsory|obligatory)\b"
        + _TO,
        " NEEDNOT ",
    ),
    (
        r"\bneed not\b|\bwithout (?:having|being (?:obliged|required)) to\b|\b(?:has|have|had) no "
        r"(?:duty|obligation|need|requirement)\b"
        + _TO
        + r"|\b(?:under )?no (?:duty|obligation|requirement)\b"
        + _TO
        + r"|\bno need to\b"
        r"|\bnothing (?:in (?:this|the) (?:convention|article) )?(?:obliges|requires|forces)\b"
        r"|\bno one (?:has to|is obliged to)\b",
        " NEEDNOT ",
    ),
    (r"\bnot obliged to\b|\bnot required to\b|\bwithout (?:any )?obligation to\b", " NEEDNOT "),
    (
        r"\b(?:must|shall|may|can|could|should|might) (?:under no circumstances|in no case|never"
        r"|not)\b"
        r"|\b(?:do|does|did) not (?:allow|permit|entitle|authori[sz]e|empower)s?\b"
        r"|\b(?:is|are) (?:never|not) (?:allowed|permitted|entitled|authori[sz]ed|free)\b"
        + _TO
        + r"|\b(?:is|are) (?:forbidden|prohibited|barred|banned)\b(?: from| to)?"
        r"|\b(?:forbids?|prohibits?|bars)\b(?! (?:it|them)\b)|\bnever (?:must|may|can)\b"
        r"|\b(?:has|have) no right to\b",
        " MUSTNOT ",
    ),
    (r"\bmandatory\b|\bcompulsory\b|\bobligatory\b", " MUST "),
    (
        r"\b(?:must|shall|(?:has|have|had) (?:got )?to|(?:is|are|be|being) "
        + _ADVERB
        + r"(?:required|obliged|obligated|bound|compelled)(?: to\b)|needs? to|ought to"
        r"|(?:has|have|under|is|are) (?:a|an|the|under an|under a) (?:duty|obligation)(?: to\b)"
        r"|(?:convention|article|treaty|provision|paragraph|rule|law) (?:requires|obliges))\b",
        " MUST ",
    ),
    (r"\bit is (?:the )?duty of\b", " MUST "),
    (r"\b(?:obliges?|obligates?|compels?)\b", " MUST "),
    (
        rf"\b({'|'.join(sorted(PARTIES))}|(?:it|they)) (?:is|are) to\b(?! be found)",
        r"\1 MUST ",
    ),
    (r"\bshould\b", " SHOULD "),
    (r"\b(if|when|where|whether) ((?:[\w-]+ ){1,4})could\b", r"\1 \2"),
    (r"\b(?:can|could) be\b(?! (?:able|free|allowed|permitted))", " ABLE "),
    (
        r"\b(?:may|can|could|might|(?:is|are|be|remain|remains) "
        + _ADVERB
        + r"(?:free|allowed|permitted|entitled|authori[sz]ed|able|at liberty|empowered)(?: to\b)?"
        r"|(?:has|have|keeps?) (?:the|a) (?:option|right|power|possibility|discretion|choice"
        r"|freedom|"
        r"ability)(?: to\b| of\b)|(?:the )?(?:power|right|ability|option) to"
        r"|(?:allows?|permits?|enables?|authori[sz]es?|entitles?|empowers?"
        r"|lets?)(?= (?:[\w-]+ ){1,5}?to\b)"
        r"|(?:convention|article|treaty|provision|paragraph) (?:\w+ly )?(?:allows?|permits?)"
        r"|optional(?:ly)?|discretionary|it is up to|(?:at|in) (?:its|their) discretion)\b",
        " MAY ",
    ),
    (r"\bwhether ((?:\w+ ){1,4})SHOULD", r"whether \1"),
    (r"\bMUST (in accordance with [^.;:,]{0,60}? )consider\b", r"\1 CONSIDER"),
    (r"\bMUST consider (?=how|what)", "MUST take account "),
    (
        r"\b(?:MUST|SHOULD) "
        + _ADVERB
        + r"(?:be )?(?:consider(?:ed)?|think about|weigh|contemplate|"
        r"give (?:\w+ )?(?:consideration|thought))\b",
        " CONSIDER ",
    ),
    (r"\b(?:asked|obligation|duty) to consider\b|\b(?:is|are) to consider\b", " CONSIDER "),
    (
        r"\b(?:MUST|SHOULD) "
        + _ADVERB
        + r"(?:endeavou?r|try|strive|seek|attempt|aim|make (?:an |every )?"
        r"efforts?|do (?:its|their) best|do what (?:it|they) can)" + _TO,
        " TRY ",
    ),
    (
        r"\b(?:endeavou?rs?|strives?|tr(?:y|ies)) to\b|\bstrives? for\b"
        r"|\bmake every effort\b|\bdo (?:their"
        r"|its) best\b",
        " TRY ",
    ),
    (rf"\b{_BE} " + _ADVERB + r"(?:encouraged|invited|urged|recommended)" + _TO, " URGE "),
    (r"\b(?:convention|article) (?:\w+ly )?(?:encourages|invites|urges|recommends)\b", " URGE "),
    (
        r"\b(?:is|are) left to\b|\bchooses? (?:whether|to)\b|\bdecides? (?:for (?:itself"
        r"|themselves) )?"
        r"whether\b|\b(?:as|if) (?:it|they) (?:wish|choose)\w*",
        " MAY ",
    ),
    (r"\b(?:is|are) not to (?:be\b)?(?= ?\w)", " MUSTNOT PASSIVE "),
    (r"\bneither((?: \w+){1,6}?) nor((?: \w+){1,5}?) MAY\b", r"\1\2 MUSTNOT"),
    (_NOBODY + r" MUST\b", r"\1\2 NEEDNOT"),
    (_NOBODY + r" MAY\b", r"\1\2 MUSTNOT"),
    (rf"\b({'|'.join(sorted(MODALS))}) " + _ADVERB + r"be\b", r"\1 PASSIVE"),
    (r"\bby (?:the |a |an |its |their |any |each )?(?=[A-Z]{3})", " BY "),
    (r"\b(?:asks|calls on|wants|expects) STATE to (?:think about|consider)\b", " STATE CONSIDER "),
    (r"\b(?:asks|calls on|wants|expects) STATE to (?:try|endeavou?r)\b", " STATE TRY "),
    # no and not
    (r"\bno longer\b", " nolonger "),
    (
        r"\b(?:no|not) (?:more|later) than\b|\bnot exceed(?:ing)?\b|\bat (?:the )?(?:most|latest)\b"
        r"|\bup to(?= (?:a )?(?:maximum|\d|one|two|three|four|five|six|ten|twelve|fifteen|thirty"
        r"|sixty|"
        r"ninety))\b|\ba maximum of\b|\bmaximum of\b|\bwithin(?= (?:\d|one|two|three|six|ten"
        r"|ninety|"
        r"sixty|thirty|fifteen))",
        " ATMOST ",
    ),
    (r"\bone or more\b|\bat least one\b|\bone or several\b", " one "),
    (r"\bonly (?:as far as|to the extent|so far as|within|insofar)\b", " within "),
    (
        r"\b(?:is|are|be|falls?|remains?) outside(?= the (?:offence|scope|definition"
        r"|convention|notion))"
        r"|\b(?:is|are|be) (?:left|ruled) out|\bleaves? out(?= the public)\b|\bnot (?:covered"
        r"|included)\b",
        " EXCEPT ",
    ),
    (r"\b(?:it|they|he or she)\b(?= MAY| MUST| SHOULD)", " IT "),
    (
        r"\b(?:no|not) (?:less|fewer|earlier|shorter) than\b|\bat (?:the )?(?:least|earliest)\b"
        r"|\ba minimum of\b|\bminimum of\b|\bmore than(?= (?:\d|one|two|three|four|five|six|ten))",
        " ATLEAST ",
    ),
    (r"\bnothing (?:in (?:this|the) (?:convention|article) )?(?:MAY|MUST)\b", " MUSTNOT "),
    (r"\bdeveloped (?=STATE|nation|part)", " rich "),
    (r"\bmake ((?:\w+ ){1,4})(?:depend|conditional) on\b", r"make depend \1"),
    (r"\bnot (?:only|just|merely|solely|limited to)\b", " also "),
    (r"\bmakes? no difference\b", " UNAFFECTED "),
    (
        r"\b(?:without giving (?:a|his or her|their) names?|without (?:being )?identif\w+)",
        " anonymous ",
    ),
    (
        r"\b(?:for )?(?:the |no )?(?:sole|other|only) reason\b"
        r"|\b(?:solely|only|merely|just) (?:because"
        r"|on the ground)\b",
        " solereason ",
    ),
    (r"\beven (?:if|when|where|though|without|after|before|in)\b", " EVENIF IF "),
    (
        r"\b(?:MUSTNOT|not) (?:PASSIVE )?(?:\w+ )?(?:prejudic|affect|chang|touch|harm)\w*",
        " UNAFFECTED ",
    ),
    (
        r"\bwithout (?:this |that |it |its |any )?(?:chang|affect|touch|harm|prejudic)\w*(?: to)?",
        " UNAFFECTED ",
    ),
    (r"\bby word of mouth\b", " oral "),
    (r"\bin (?:all|every|each) cases?\b", " always "),
    (
        r"\bhowever (?=\w+[ ,.;])(?!,)|\bmere(?= (?:possession|use|fact|access|act)\b)",
        " UNAFFECTED ",
    ),
    (r"\b(?:all|every|each)\b(?! other)", " ALL "),
    (
        r"\bregardless of\b|\birrespective of\b|\bno matter\b|\bwhether or not\b|\bwhatever\b"
        r"|\bdoes not "
        r"(?:matter|affect)\b|\bwithout prejudice to\b|\bwithout affecting\b"
        r"|\bleaves? (?:\w+ ){0,6}?"
        r"(?:unaffected|untouched|intact)\b|\bunaffected\b|\b(?:is|are) not affected\b",
        " UNAFFECTED ",
    ),
    (
        r"\bwithout (?:undue )?delay\b|\bforthwith\b|\bimmediately\b|\bas soon as possible\b"
        r"|\bat once\b|\bright away\b",
        " quick ",
    ),
    (
        r"\bwithout (?:the )?(?:consent|permission|agreement)\b|\bnon-?consensual(?:ly)?\b",
        " NOT consent ",
    ),
    (
        r"\bwithout (?:a|any) (?:prior )?request\b|\bunrequested\b|\bunprompted\b"
        r"|\bspontaneous(?:ly)?\b"
        r"|\bunasked\b|\bon (?:its|their) own initiative\b|\bwithout (?:having been|being) asked\b",
        " spontaneous ",
    ),
    (
        r"\bwithout right\b|\bunlawful(?:ly)?\b|\bunauthori[sz]ed\b|\bwithout (?:authori[sz]ation|"
        r"permission|being allowed)\b",
        " withoutright ",
    ),
    (
        r"\b(?:not|no|never|nothing|nobody|none of|neither|nor|without|cannot|hardly|lacks?"
        r"|lacking|"
        r"no one|refrains? from)\b",
        " NOT ",
    ),
    (r"\bnon-", " NOT "),
    (
        r"\bunless (?:the )?(REQUESTED|REQUESTING|SENDING|RECEIVING|STATE) (?:\w+ )?"
        r"(?:agrees?|consents?|authori[sz]es?|allows?)(?: \w+hand| in advance)?\b",
        r" NOT \1 consent ",
    ),
    (r"\bunless\b|\bexcept (?:where|when|if|in)\b|\bif (?:\w+ ){0,4}?not\b", " UNLESS "),
    (
        r"\bexcept(?: for)?\b|\bapart from\b|\bother than\b|\bexcluding\b"
        r"|\bwith the exception of\b",
        " EXCEPT ",
    ),
    (r"\b(?:only|solely|exclusively|nothing but)\b", " ONLY "),
    (
        r"\b(?:always|in (?:all|every) cases?|at all times|in any case|without exception"
        r"|automatically|"
        r"invariably)\b",
        " ALWAYS ",
    ),
    (
        r"\bso long as\b|\bin (?:the )?case\b"
        r"|\bif\b|\bwhen(?:ever)?\b|\bwhere(?:ver)?\b|\bonce\b|\bas soon as\b",
        f" {BREAK} IF ",
    ),
    (
        r"\b(?:provided|on condition) that\b|(?<!for )\bas long as\b|\bdepend(?:s|ing|ent)? on\b"
        r"|\bconditional on\b",
        f" {BREAK} IF DEPENDS ",
    ),
    (r"\bsubject to\b", f" {BREAK} SUBJECT "),
    (r"\b(?:which|who|that|whose)\b", f" {BREAK} REL "),
    (
        r"\b(?:because|since|so that|in order to|while|although|though|but|and if|"
        r"whereas|however)\b",
        f" {BREAK} ",
    ),
    (r"\b(?:prior to|ahead of|before|until|till)\b", " BEFORE "),
    (r"\b(?:after(?:wards)?|following|later than|upon receipt)\b", " AFTER "),
    (r"[,;:()\"\[\].!?]|\s[-–—]\s", f" {BREAK} "),
)
