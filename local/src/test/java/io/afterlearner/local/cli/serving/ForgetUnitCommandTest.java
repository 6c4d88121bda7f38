package io.afterlearner.local.cli.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.afterlearner.study.InputException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ForgetUnitCommandTest {
    private static InputStream bytes(String text, Charset charset) {
        return new ByteArrayInputStream(text.getBytes(charset));
    }

    @Test
    void aUnitOnStandardInputIsALineOfUtf8AndNothingElse() throws Exception {
        assertEquals("Zoë", ForgetUnitCommand.line(bytes("Zoë\nann\n", StandardCharsets.UTF_8)));
        assertEquals("", ForgetUnitCommand.line(bytes("", StandardCharsets.UTF_8)));
        InputStream latin = bytes("Zoë\n", StandardCharsets.ISO_8859_1);
        assertThrows(InputException.class, () -> ForgetUnitCommand.line(latin));
    }
}
