"""All features, in the order in which they are documented; the one place that lists the families."""

from typing import Final

from credscore.features import headline, promotion, register, sourcing, style, verifiability, wording
from credscore.features.feature import Feature, Measured
from credscore.features.tally import Tally

FEATURES: tuple[Feature, ...] = (
    *sourcing.FEATURES,
    *wording.FEATURES,
    *promotion.FEATURES,
    *verifiability.FEATURES,
    *style.FEATURES,
    *register.FEATURES,
    *headline.FEATURES,
)

BY_NAME: dict[str, Feature] = {feature.name: feature for feature in FEATURES}

_BODY: Final = tuple((feature.name, feature.measure) for feature in FEATURES if feature.family != "headline")
_HEADLINE: Final = tuple((feature.name, feature.measure) for feature in headline.FEATURES)
_NO_HEADLINE: Final = Measured(None, ())


def measure(body: Tally, title: Tally | None) -> dict[str, Measured]:
    """Every feature of a document by name; headline features are `None` where no title was given."""
    measured = {name: measure_it(body) for name, measure_it in _BODY}
    for name, measure_it in _HEADLINE:
        measured[name] = _NO_HEADLINE if title is None else measure_it(title)
    return measured
