/**
 * Owns what translations between chat completions and other APIs have in common: {@link
 * ai.exaone.gateway.openai.chat.AnswerTranslation} is what each of them does to an answer, {@link
 * ai.exaone.gateway.openai.chat.ChatAnswer} and {@link ai.exaone.gateway.openai.chat.ChatPart} read one.
 */
@NullMarked
package ai.exaone.gateway.openai.chat;

import org.jspecify.annotations.NullMarked;
