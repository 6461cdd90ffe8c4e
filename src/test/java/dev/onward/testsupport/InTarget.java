package dev.onward.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Makes temporary folders where the build keeps everything else, and where programs may run. */
public final class InTarget implements TempDirFactory {

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
        return folder();
    }

    /** A new folder, which the next clean build removes. */
    public static Path folder() throws IOException {
        return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "onward-");
    }
}
