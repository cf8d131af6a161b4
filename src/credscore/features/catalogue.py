"""All features, in the order in which they are documented; the one place that lists the families."""

from credscore.features import headline, promotion, sourcing, style, verifiability, wording
from credscore.features.feature import Feature, Measured
from credscore.features.tally import Tally

FEATURES: tuple[Feature, ...] = (
    *sourcing.FEATURES,
    *wording.FEATURES,
    *promotion.FEATURES,
    *verifiability.FEATURES,
    *style.FEATURES,
    *headline.FEATURES,
)

BY_NAME: dict[str, Feature] = {feature.name: feature for feature in FEATURES}

_BODY = tuple(feature for feature in FEATURES if feature.family != "headline")
_HEADLINE = headline.FEATURES
_NO_HEADLINE = Measured(None, [])


def measure(body: Tally, title: Tally | None) -> dict[str, Measured]:
    """Every feature of a document by name; headline features are `None` where no title was given."""
    measured = {feature.name: feature.measure(body) for feature in _BODY}
    if title is None:
        measured.update((feature.name, _NO_HEADLINE) for feature in _HEADLINE)
    else:
        measured.update((feature.name, feature.measure(title)) for feature in _HEADLINE)
    return measured
