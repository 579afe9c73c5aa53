/**
 * Owns what requests to identity bring along whatever they are about: ids, pages, update masks, and request ids that
 * make a creation happen once.
 */
@NullMarked
package ai.exaone.identity.request;

import org.jspecify.annotations.NullMarked;
