package ai.exaone.bench.profile;

import java.util.Locale;

/** A call tree as a page of its own: a box's width is its part of all samples; a click makes a box as wide as the page, and another click undoes that. */
final class FlameGraph {
    /** Of all samples: what is narrower cannot be seen. */
    private static final double NARROWEST = 0.0005;

    private static final String BEFORE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>@TITLE@</title>
            <style>
            body { font: 12px/17px sans-serif; margin: 12px; }
            .kids { display: flex; align-items: flex-start; }
            .node { flex: none; min-width: 0; }
            .node > span { display: block; height: 17px; margin: 0 1px 1px 0; padding: 0 2px; overflow: hidden; white-space: nowrap; cursor: pointer;
              background: #e8e4da; }
            .ours > span { background: #f3b36b; }
            .native > span { background: #9fc3e8; }
            .aside { display: none; }
            .wide { width: 100% !important; }
            </style>
            </head>
            <body>
            <h1>@TITLE@</h1>
            <p>@COUNT@ samples. Orange: this project's code; blue: native code, mostly system calls. Hold the pointer over a box, or click on it.</p>
            <div class="kids">
            """;
    private static final String AFTER = """
            </div>
            <script>
            addEventListener('click', event => {
              const node = event.target.closest('.node');
              const undo = !node || node.classList.contains('focus');
              document.querySelectorAll('.aside, .wide, .focus').forEach(each => each.classList.remove('aside', 'wide', 'focus'));
              if (undo) return;
              node.classList.add('focus');
              for (let each = node; each; each = each.parentElement.closest('.node')) {
                each.classList.add('wide');
                for (const other of each.parentElement.children) if (other !== each) other.classList.add('aside');
              }
            });
            </script>
            </body>
            </html>
            """;

    private FlameGraph() {}

    static String page(String title, CallTree tree) {
        StringBuilder text = new StringBuilder(
                BEFORE.replace("@TITLE@", escaped(title)).replace("@COUNT@", Long.toString(tree.count())));
        box(text, tree, tree.count(), tree.count());
        return text.append(AFTER).toString();
    }

    private static void box(StringBuilder text, CallTree node, long parent, long all) {
        String name = escaped(node.name());
        text.append("<div class=\"node ")
                .append(look(node.name()))
                .append("\" style=\"width:")
                .append(percent(node.count(), parent))
                .append("%\"><span title=\"")
                .append(name)
                .append(", ")
                .append(percent(node.count(), all))
                .append(" %\">")
                .append(name)
                .append("</span><div class=\"kids\">");
        long least = Math.max(1, (long) (all * NARROWEST));
        node.children(least).forEach(child -> box(text, child, node.count(), all));
        text.append("</div></div>\n");
    }

    private static String look(String name) {
        if (name.endsWith(Frame.NATIVE)) {
            return "native";
        }
        return name.startsWith("ai.exaone.") ? "ours" : "library";
    }

    private static String percent(long part, long of) {
        return String.format(Locale.ROOT, "%.3f", 100.0 * part / Math.max(1, of));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
