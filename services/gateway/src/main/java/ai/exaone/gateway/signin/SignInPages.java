package ai.exaone.gateway.signin;

import ai.exaone.gateway.edge.PlainPage;
import java.time.Duration;
import java.util.Optional;

/** What people see where sign-in cannot go on. */
final class SignInPages {
    static final Duration RELOAD = Duration.ofSeconds(5);
    private static final String AGAIN = "/signin";

    private SignInPages() {}

    /** The sign-in server is on its way up. */
    static PlainPage starting() {
        return new PlainPage(
                503,
                new PlainPage.Words("로그인 서버를 시작하는 중입니다", "준비되면 이 페이지가 자동으로 다시 열립니다.", ""),
                new PlainPage.Words("Sign-in is starting", "This page opens again by itself when it is ready.", ""),
                Optional.empty(),
                Optional.of(RELOAD));
    }

    /** The way back belongs to no attempt of this browser, or came too late. */
    static PlainPage expired() {
        return new PlainPage(
                400,
                new PlainPage.Words("로그인을 마치지 못했습니다", "시간이 너무 오래 걸렸거나 다른 창에서 시작한 로그인입니다.", "다시 로그인"),
                new PlainPage.Words(
                        "Sign-in was not finished",
                        "It took too long, or was begun in another browser.",
                        "Sign in again"),
                Optional.of(AGAIN),
                Optional.empty());
    }

    /** The sign-in server or identity refused. */
    static PlainPage refused() {
        return new PlainPage(
                403,
                new PlainPage.Words("로그인할 수 없습니다", "이 계정으로는 로그인이 허용되지 않았습니다. 관리자에게 문의하세요.", "다시 로그인"),
                new PlainPage.Words(
                        "You were not signed in",
                        "This account was not let in. Ask an administrator.",
                        "Sign in again"),
                Optional.of(AGAIN),
                Optional.empty());
    }
}
