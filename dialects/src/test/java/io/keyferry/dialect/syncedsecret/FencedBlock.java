package io.keyferry.dialect.syncedsecret;

import java.util.ArrayList;
import java.util.List;

/**
 * A block between fences in a page.
 *
 * @param kind what stands behind the opening fence
 * @param text the lines between the fences, without the last line's end
 * @param line where the opening fence is, from 1
 */
record FencedBlock(String kind, String text, int line) {
    private static final String FENCE = "```";

    /** All blocks of a page, in their order. */
    static List<FencedBlock> of(List<String> page) {
        List<FencedBlock> blocks = new ArrayList<>();
        int start = -1;
        for (int i = 0; i < page.size(); i++) {
            if (page.get(i).startsWith(FENCE)) {
                if (start < 0) {
                    start = i;
                } else {
                    String kind = page.get(start).substring(FENCE.length());
                    blocks.add(new FencedBlock(kind, String.join("\n", page.subList(start + 1, i)), start + 1));
                    start = -1;
                }
            }
        }
        return blocks;
    }
}
