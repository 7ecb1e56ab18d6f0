package io.tapeflow.web;

import static org.assertj.core.api.Assertions.assertThatCode;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResponsesTest {
  @Test
  void aClientThatLeavesBeforeTheEndIsNoFault() {
    HttpServletRequest request = thatSays(HttpServletRequest.class, Map.of("getMethod", "GET"));
    HttpServletResponse response =
        thatSays(HttpServletResponse.class, Map.of("getOutputStream", new BrokenPipe()));

    assertThatCode(
            () -> Responses.send(request, response, 200, "application/json", new byte[] {1, 2}))
        .doesNotThrowAnyException();
  }

  /** Says nothing but this. */
  private static <T> T thatSays(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> answers.get(method.getName())));
  }

  private static final class BrokenPipe extends ServletOutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("Broken pipe");
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
