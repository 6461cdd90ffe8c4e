package dev.onward.call.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads the first block of fields of an HTTP/2 connection. */
final class HpackText {

    private HpackText() {}

    /** A line for every field, as {@code name: value}. */
    static String of(byte[] block) {
        try {
            Http2Headers fields = new DefaultHttp2HeadersDecoder().decodeHeaders(1, Unpooled.wrappedBuffer(block));
            return StreamSupport.stream(fields.spliterator(), false)
                    .map(HpackText::line)
                    .collect(Collectors.joining("\n"));
        } catch (Http2Exception illegal) {
            throw new AssertionError(illegal);
        }
    }

    private static String line(Map.Entry<CharSequence, CharSequence> field) {
        return field.getKey() + ": " + field.getValue();
    }
}
