"""All features, in the order in which they are documented; the one place that lists the families."""

from typing import Final

from credscore.features import headline, promotion, register, sourcing, style, verifiability, wording
from credscore.features.feature import ABSENT, Density, Feature, Measured
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

_HEADLINE: Final = tuple((feature.name, feature.measure) for feature in headline.FEATURES)
_DENSITIES: Final = tuple(
    (feature.name, feature.measure) for feature in FEATURES if feature.family != "headline" and isinstance(feature.measure, Density)
)
_BY_FINDING: Final = {
    wanted: tuple((name, density) for name, density in _DENSITIES if wanted in density.wanted)
    for wanted in dict.fromkeys(wanted for _, density in _DENSITIES for wanted in density.wanted)
}
"""The densities that each layer and kind of finding counts for: most texts hold few of them, and the other densities are not asked."""

_OTHERS: Final = tuple(
    (feature.name, feature.measure) for feature in FEATURES if feature.family != "headline" and not isinstance(feature.measure, Density)
)
_NO_HEADLINE: Final = Measured(None, ())
_NOTHING: Final = {feature.name: _NO_HEADLINE if feature.family == "headline" else ABSENT for feature in FEATURES}


def measure(body: Tally, title: Tally | None) -> dict[str, Measured]:
    """Every feature of a document by name; headline features are `None` where no title was given."""
    measured = _NOTHING.copy()
    for finding in body.own:
        for name, density in _BY_FINDING.get(finding, ()):
            if measured[name] is ABSENT:
                measured[name] = density(body)
    for name, measure_it in _OTHERS:
        measured[name] = measure_it(body)
    if title is not None:
        for name, measure_it in _HEADLINE:
            measured[name] = measure_it(title)
    return measured
