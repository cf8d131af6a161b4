"""British and American spelling of the same words, by stems and by list: to try that spelling moves no score.

Only spelling: no other words ("lorry") and no other grammar ("towards", "learnt"). Words whose two spellings are two words in one
of the countries ("cheque", "tyre", "practise", "enquiry") are left alone.
"""

import re
from collections.abc import Callable

_IZE = (
    "acclimat aggrand agon alphabet amort anaesthet anonym antagon apolog author balkan baptis bastard bowdler brutal burglar cannibal "
    "canon capital caramel carbon catastroph categor cauter central character civil colon commercial commod compartmental computer "
    "conceptual contextual criminal critic crystal custom dehuman democrat demon demoral deput destabil digit digital dogmat dramat "
    "econom editorial emotional emphas energ epitom equal eulog evangel external factual familiar fantas fertil fetish final formal "
    "fossil fratern galvan general ghetto global glor harmon homogen hospital human hypnot hypothes ideal idol immortal immun "
    "incentiv individual industrial infantil initial institutional internal international intellectual islam item jeopard legal legitim "
    "liberal lion local magnet marginal material maxim mechan memor mesmer metabol militar miniatur minim mobil modern moistur monet "
    "monopol moral motor myth national natural neutral normal notar novel objectiv optim organ ostrac oxid pagan pasteur patron "
    "penal personal philosoph plagiar polar polem politic popular pressur propagand prior privat problemat proselyt public pulver radical "
    "random rational real recogn regional regular revital revolution rhapsod romant sanit satir scandal scrutin secular sensational "
    "sensit sentimental sermon serial sexual social sovereign special stabil standard steril stigmat strateg structural styl subsid "
    "summar symbol sympath synchron synthes systemat tantal temper terror theor total tranquil trauma traumat trivial tyrann union "
    "urban util vandal vapor verbal victim visual vocal vulgar weapon western woman"
)
_OUR = (
    "arbo ardo armo behavio belabo cando clamo colo demeano discolo dishono disfavo endeavo favo fervo flavo glamo harbo hono humo labo "
    "misdemeano neighbo odo parlo ranco rigo rumo savio savo splendo succo tumo valo vapo vigo"
)
_OUR_ENDS = (
    "s ed ing ite ites able ably ful fully less er ers hood hoods ly al ally y ist ists ists monger mongers mongering blind ism itism ies"
)
_RE = "amphitheat calib cent centimet epicent fib kilomet lit lust lacklust meag met millimet mit sab somb spect theat"
_LL = (
    "bedevi cance channe counse cudge dia drive due equa fue funne groove grove grue hove initia jewe labe leve libe marve mislabe mode "
    "pane peda penci pumme quarre riva shove shrive signa snive snorke swive tota towe trave tunne unrave"
)
_PAIRS = """
defence defense, offence offense, pretence pretense, licence license, catalogue catalog, analogue analog, grey gray, greying graying,
sceptic skeptic, sceptical skeptical, sceptically skeptically, scepticism skepticism, programme program, plough plow, ploughed plowed,
ploughing plowing, mould mold, mouldy moldy, smoulder smolder, smouldering smoldering, smouldered smoldered, moustache mustache,
pyjamas pajamas, aluminium aluminum, aeroplane airplane, judgement judgment, judgemental judgmental, acknowledgement acknowledgment,
ageing aging, cosy cozy, cosying cozying, jewellery jewelry, artefact artifact, furore furor,
manoeuvre maneuver, manoeuvred maneuvered, manoeuvring maneuvering,
skilful skillful, skilfully skillfully, wilful willful, wilfully willfully, fulfil fulfill, fulfilment fulfillment, enrol enroll,
enrolment enrollment, instalment installment, appal appall, distil distill, enthral enthrall, woollen woolen, sulphur sulfur,
foetus fetus, foetuses fetuses, foetal fetal, paediatric pediatric, paediatrician pediatrician, paedophile pedophile,
paedophilia pedophilia, paedo pedo, anaemia anemia, anaemic anemic, leukaemia leukemia, oestrogen estrogen, orthopaedic orthopedic,
anaesthetic anesthetic, anaesthetist anesthetist, diarrhoea diarrhea, haemorrhage hemorrhage, haemorrhaging hemorrhaging,
haemorrhaged hemorrhaged, gynaecologist gynecologist, encyclopaedia encyclopedia, doughnut donut, unsavoury unsavory,
centred centered, analysed analyzed, analysing analyzing, paralyse paralyze, paralysed paralyzed, paralysing paralyzing,
catalyse catalyze, catalysed catalyzed, counsellor counselor, marvellous marvelous, marvellously marvelously
"""


def _listed() -> dict[str, str]:
    pairs = dict(pair.split() for pair in _PAIRS.replace("\n", " ").strip().split(","))
    return pairs | {f"{british}s": f"{american}s" for british, american in pairs.items() if f"{british}s" not in pairs}


_TO_US = _listed()
_TO_UK = {american: british for british, american in _TO_US.items()}


def _any(stems: str) -> str:
    return "|".join(sorted(set(stems.split()), key=len, reverse=True))


_RULES: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(
            rf"((?:anti|de|dis|hyper|mis|non|over|re|self|un|under)?(?:{_any(_IZE)})i)[sz]((?:e|es|ed|ing|ingly|er|ers|able|ations?|ational))"
        ),
        r"\1s\2",
        r"\1z\2",
    ),
    (re.compile(rf"((?:{_any(_OUR)}))u?r((?:{_any(_OUR_ENDS)})?)"), r"\1ur\2", r"\1r\2"),
    (re.compile(rf"((?:{_any(_RE)}))(?:re|er)((?:s|d|piece|ly)?)"), r"\1re\2", r"\1er\2"),
    (re.compile(rf"((?:{_any(_LL)}))ll?((?:ed|ing|ings|er|ers|or|ors|ation|ations))"), r"\1ll\2", r"\1l\2"),
)
"""Words by their stem: what they look like in either spelling, the British one, the American one."""

_EXCEPTIONS = frozenset("glamor glamour honorary meter meters liter".split())
"""Words that have one spelling in both countries, or that are two words in one of them ("a parking meter")."""


def _respelled(word: str, british: bool) -> str:
    listed = (_TO_UK if british else _TO_US).get(word)
    if listed is not None:
        return listed
    if word not in _EXCEPTIONS:
        for pattern, uk, us in _RULES:
            if pattern.fullmatch(word):
                return pattern.sub(uk if british else us, word)
    return word


def british(word: str) -> str:
    """The British spelling of a word of small letters.

    >>> [british(word) for word in ("organization", "color", "center", "traveled", "skeptics", "prize", "for")]
    ['organisation', 'colour', 'centre', 'travelled', 'sceptics', 'prize', 'for']
    """
    return _respelled(word, british=True)


def american(word: str) -> str:
    """The American spelling of a word of small letters.

    >>> [american(word) for word in ("demonised", "neighbours", "theatre", "labelling", "defence", "advise", "hours")]
    ['demonized', 'neighbors', 'theater', 'labeling', 'defense', 'advise', 'hours']
    """
    return _respelled(word, british=False)


_WORD = re.compile(r"\b[A-Za-z][a-z]{3,}\b")


def respelled(text: str, spelling: Callable[[str], str]) -> str:
    """A text in one spelling, capitals at the beginning of words kept.

    >>> respelled("The Centre organised a colourful Programme.", american)
    'The Center organized a colorful Program.'
    """

    def other(match: re.Match[str]) -> str:
        word = match[0]
        found = spelling(word.lower())
        return word if found == word.lower() else found.capitalize() if word[0].isupper() else found

    return _WORD.sub(other, text)
