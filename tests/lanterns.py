"""A treaty of our own making, small and with every part that the reader knows."""

from index.fetching import Fetched

TITLE = "Lantern Treaty"

TEXT = """Treaty on the Keeping of Lanterns

Preamble

The States Parties,

Worried about dark harbours,

Have agreed as follows:

Chapter I
Lanterns

Article 1
Meaning of words

In this Treaty:

(a) "Lantern" means any lamp that guides ships at night;

(b) "Keeper" means a person who tends a lantern.

Article 2
Duty to light

1. Each State must light every lantern of its harbours from dusk to dawn. It must keep
oil for thirty nights.

2. A State may leave a lantern dark during a storm.

Article 2 bis
Colour of the light

The light of a lantern must be white:

(a) at the mouth of a harbour; and

(b) on every pier,

except where fog calls for yellow.

Chapter II
Keepers

Article 3
Wages of keepers

1. Each State must pay its keepers once a month.

2. A keeper who serves at the following places gets double wages:

(a) an island without a village;

(b) a cliff.

Article 4
Leaving this Treaty

A State may leave this Treaty six months after a letter to the Harbour Master.
"""


def lanterns(text: str = TEXT, place: str = "/somewhere/lanterns.txt") -> Fetched:
    """The document of the treaty, as a file on this machine."""
    return Fetched(text.encode(), place, place, "")
