package io.keyferry.store.vault;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the blocks of a PEM text. */
final class Pem {
    private Pem() {}

    /**
     * The content of all blocks with a label, in DER.
     *
     * @throws IllegalArgumentException if one is not base64
     */
    static List<byte[]> blocks(String pem, String label) {
        List<byte[]> blocks = new ArrayList<>();
        Matcher block = Pattern.compile("-----BEGIN " + label + "-----([^-]*)-----END " + label + "-----")
                .matcher(pem);
        while (block.find()) {
            blocks.add(Base64.getMimeDecoder().decode(block.group(1)));
        }
        return blocks;
    }
}
