"""Exposure points: integers, thousandths of a point (milli-EP), always rounded up.

1 EP is one minute of fully disclosed S2 text (DESIGN section 6; the ratios are a policy choice, EVIDENCE 2.1:
no study gives them). The weights are constants and not settings: a policy that could lower a weight could raise
every limit, the ceiling included (docs/adr/0003).
"""

from wellbeing.domain.stimulus import Modality

THOUSAND = 1_000
MINUTE_MS = 60_000
BASE_MS = 15_000  # every first look counts a quarter of a minute before the clock starts

SEVERITY_WEIGHTS = (0, 500, 1_000, 2_000, 4_000)  # thousandths, S0 … S4
MODALITY_WEIGHTS = {
    Modality.TEXT: 1_000,
    Modality.PAIR: 1_000,
    Modality.CONVERSATION: 1_000,
    Modality.IMAGE: 1_500,
}
NO_SELF_WEIGHT = 1_000  # a person may set 1.5 for a category in private (domain.choices)
SMALLEST_SHARE = 250


def ceil_div(numerator: int, denominator: int) -> int:
    """Division of whole numbers, rounded up; `denominator` is positive."""
    return -(-numerator // denominator)


def cost(
    *, severity: int, modality: Modality, share: int, open_ms: int, self_weight: int = NO_SELF_WEIGHT
) -> int:
    """Milli-EP of one view that was open for `open_ms` altogether, with `share` thousandths disclosed.

    EP = W_severity · W_modality · W_self · share · (0.25 + minutes open).
    """
    weights = SEVERITY_WEIGHTS[severity] * MODALITY_WEIGHTS[modality] * self_weight * share
    return ceil_div(weights * (BASE_MS + open_ms) * THOUSAND, MINUTE_MS * THOUSAND**4)


def share_of(words: int, of_words: int, *, full: bool = False) -> int:
    """The disclosed share in thousandths, rounded up, at least a quarter. Without words (an image) it is whole."""
    if full or of_words == 0:
        return THOUSAND
    return max(SMALLEST_SHARE, ceil_div(words * THOUSAND, of_words))
