/**
 * Owns what tokens cost: {@link ai.exaone.quota.price.Prices} adds a price that counts from a moment on, and
 * {@link ai.exaone.quota.price.PriceBook} finds the one in force. Integers of micro-KRW throughout; nothing is rounded.
 */
@NullMarked
package ai.exaone.quota.price;

import org.jspecify.annotations.NullMarked;
