package org.waybill.format.document.text;

import java.io.InterruptedIOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.waybill.format.document.text.UnreadableDocumentException.Kind;

/** Reads the text of documents. For any number of threads. */
public final class DocumentReader {

    /** Who asks for time often is stopped by that; this is for who does not, on a machine that has much else to do. */
    private static final int PATIENCE = 5;

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final DocumentLimits limits;
    private final Charset charset;

    /** @param charset of plain text that is neither UTF-8 nor begins with a byte order mark */
    public DocumentReader(DocumentLimits limits, Charset charset) {
        this.limits = limits;
        this.charset = charset;
    }

    /**
     * The text of a document.
     *
     * @param content all of it; stays unchanged as long as this goes on
     * @param type as {@link org.waybill.format.document.ContentType} says
     * @throws UnreadableDocumentException if it cannot be had, whatever fault a parser found or had
     * @throws InterruptedIOException if this thread was interrupted
     */
    public DocumentText read(byte[] content, String type) throws UnreadableDocumentException, InterruptedIOException {
        FutureTask<DocumentText> task = new FutureTask<>(() -> parse(content, type, new Budget(limits)));
        Thread thread = new Thread(task, "document");
        thread.setDaemon(true);
        thread.start();
        try {
            DocumentText text =
                    task.get(limits.time().multipliedBy(PATIENCE).plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
            if (text.isBlank()) {
                throw new UnreadableDocumentException(Kind.WITHOUT_TEXT, "");
            }
            return text;
        } catch (ExecutionException e) {
            throw unreadable(e);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new UnreadableDocumentException(Kind.TOO_SLOW, "");
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a document was read");
        }
    }

    private DocumentText parse(byte[] content, String type, Budget budget) throws Exception {
        return switch (type) {
            case "application/pdf" -> PdfText.read(content, budget);
            case OfficeParts.WORD -> WordText.read(content, budget);
            case "text/html", "application/xhtml+xml" -> HtmlText.read(content, budget);
            case "application/x-tika-ooxml-protected" -> throw new UnreadableDocumentException(Kind.ENCRYPTED, "");
            default -> {
                if (!type.startsWith("text/")) {
                    throw new UnreadableDocumentException(Kind.NOT_READ, type);
                }
                yield PlainText.read(content, charset, budget);
            }
        };
    }

    /** Messages of parsers quote what they stumble over: only the name of the fault is told. */
    private static UnreadableDocumentException unreadable(ExecutionException failed) {
        Throwable fault = failed.getCause() == null ? failed : failed.getCause();
        if (fault instanceof UnreadableDocumentException unreadable) {
            return unreadable;
        }
        if (fault instanceof Budget.Spent spent) {
            return spent.toUnreadable();
        }
        if (fault instanceof StackOverflowError || fault instanceof OutOfMemoryError) {
            return new UnreadableDocumentException(
                    Kind.BEYOND_LIMITS, fault.getClass().getSimpleName());
        }
        if (fault instanceof Error error) {
            throw error; // ours, and not the document's
        }
        return new UnreadableDocumentException(Kind.DAMAGED, fault.getClass().getSimpleName());
    }
}
