/** Owns what requests to this service bring along whatever they are about: pages, and request ids that make a creation happen once. */
@NullMarked
package ai.exaone.serving.request;

import org.jspecify.annotations.NullMarked;
