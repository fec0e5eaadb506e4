"""A learned second look: which words tell of the conflict that no entry of the lexicon reads.

The rules know some thousands of words with the company they must keep; reports of other wars use others. A small network,
fine-tuned on sentences written for it (``bench/learn``), looks at every word in its sentence and says which kind and type
of claim it carries, or none. Where it is sure, and no rule spoke for the word, a claim is drafted with the slots that
claims of that type have, marked with the rule ``KIND.learned.PART`` and a low confidence, and all else goes its usual way.
"""

from tidings.read.learned.network import Network, load_network, network_stamp
from tidings.read.learned.telling import Suggestion, suggestions

__all__ = ["Network", "Suggestion", "load_network", "network_stamp", "suggestions"]
