/**
 * Owns what requests to quota bring along whatever they are about: pages, and request ids that make a creation happen once.
 */
@NullMarked
package ai.exaone.quota.request;

import org.jspecify.annotations.NullMarked;
