// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import io.flafka.produce.batch.LoginRefusedException;
import io.flafka.produce.batch.SilentProducerException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Decides what a refused login means for the records of one batch. For the thread that sends the batch; {@link #preventAnswers} for any thread.
 *
 * <p>A batch that was in flight when a login was refused is waited for. Its producer knows which of the records the brokers have, and writes none of
 * them twice after the next successful login. A batch that begins while the login is refused has not left this process, so there is no need to wait
 * for it until a login succeeds and the producer sends records. It is waited for all the same while another batch of the producer may be on its way: giving
 * it up closes the producer, and another producer could write the other batch a second time.
 */
public final class BatchLogins {

    private final ProducerLogins logins;
    private final double refusedAtStart;
    private final BooleanSupplier mayBeOnItsWay;
    private boolean isUnanswered;

    private BatchLogins(ProducerLogins logins, double refusedAtStart, BooleanSupplier mayBeOnItsWay) {
        this.logins = logins;
        this.refusedAtStart = refusedAtStart;
        this.mayBeOnItsWay = mayBeOnItsWay;
    }

    /** For a batch that begins now. */
    public static BatchLogins ofBatch(ProducerLogins logins) {
        double refused = logins.refusedCount();
        double sent = logins.sentRecordCount();
        boolean hasNotLeft = logins.isWriteUnproven(refused);
        return new BatchLogins(logins, refused, () -> !hasNotLeft || logins.sentRecordCount() != sent);
    }

    /** For a Kafka transaction that begins now, the only one of its producer. If it is given up, it is aborted, so no record is there twice. */
    public static BatchLogins ofTransaction(ProducerLogins logins) {
        return new BatchLogins(logins, logins.refusedCount(), () -> false);
    }

    /** Returns whether records without an answer get none until somebody corrects the login. */
    public boolean preventAnswers() {
        return logins.areRefused() && !mayBeOnItsWay() && !logins.mayHaveRecordsOnTheirWay();
    }

    /** Returns whether a broker may have records of the batch, or may get them. */
    boolean mayBeOnItsWay() {
        return mayBeOnItsWay.getAsBoolean();
    }

    /** Notes that a record of the batch is sent. */
    void onSend() {
        if (!isUnanswered) {
            isUnanswered = true;
            logins.begin(this);
        }
    }

    /** Notes that the wait for the batch's answers has ended. */
    void onWaitEnded() {
        isUnanswered = false;
        logins.end(this);
    }

    /** Notes that a record of the batch was acknowledged. */
    void onAcknowledged() {
        logins.onAcknowledged(refusedAtStart);
    }

    /** Returns the cause of a record's failure: if it was late while a login was refused, that is the login and not a slow broker. */
    Throwable explain(Throwable failure) {
        boolean late = failure instanceof TimeoutException && !(failure instanceof SilentProducerException);
        return late && (logins.refusedCount() > refusedAtStart || logins.areRefused())
                ? new LoginRefusedException()
                : failure;
    }
}
