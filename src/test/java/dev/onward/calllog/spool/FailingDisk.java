package dev.onward.calllog.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A disk that, when told to, takes half of what is written and then fails. */
final class FailingDisk implements SpoolDirectory.Opener {

    volatile boolean full;

    @Override
    public SeekableByteChannel open(Path file) throws IOException {
        return new Channel(Files.newByteChannel(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    private final class Channel implements SeekableByteChannel {

        private final SeekableByteChannel file;

        Channel(SeekableByteChannel file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            if (full) {
                file.write(source.slice().limit(source.remaining() / 2));
                throw new IOException("No space left on device");
            }
            return file.write(source);
        }

        @Override
        public SeekableByteChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public int read(ByteBuffer target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SeekableByteChannel position(long position) {
            throw new UnsupportedOperationException();
        }
    }
}
