package ai.exaone.quota.price;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Why a price or an amount is refused. */
public enum PriceError implements ErrorReason {
    /** The model has a price from the same moment on. */
    PRICE_EXISTS(ErrorCategory.ALREADY_EXISTS),
    /** The price is not formed as it must be. */
    PRICE_INVALID(ErrorCategory.INVALID_ARGUMENT),
    /** A price would change the past. */
    PRICE_IN_THE_PAST(ErrorCategory.INVALID_ARGUMENT),
    /** A product or sum of money leaves the range of 64 bits. */
    AMOUNT_OUT_OF_RANGE(ErrorCategory.INVALID_ARGUMENT);

    private final ErrorCategory category;

    PriceError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
