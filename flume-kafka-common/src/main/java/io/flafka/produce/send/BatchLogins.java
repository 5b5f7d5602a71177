// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import io.flafka.produce.batch.LoginRefusedException;
import io.flafka.produce.batch.SilentProducerException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * What refused logins mean for the records of one batch. For the thread that sends them; {@link #isHopeless} for any.
 *
 * <p>A batch that was on its way when a login was refused is waited for: its producer knows which of its records the brokers have, and writes none of
 * them twice once it is let in again. One that begins when a login stands refused has not left this process, and need not be waited for.
 */
public final class BatchLogins {

    private final ProducerLogins logins;
    private final double before;
    private final boolean doubtful;

    private BatchLogins(ProducerLogins logins, double before, boolean doubtful) {
        this.logins = logins;
        this.before = before;
        this.doubtful = doubtful;
    }

    /** For a batch that begins now. */
    public static BatchLogins ofBatch(ProducerLogins logins) {
        double before = logins.refused();
        return new BatchLogins(logins, before, logins.areInDoubt(before));
    }

    /** For a Kafka transaction that begins now: given up, it is aborted, so that nothing of it is there twice. */
    public static BatchLogins ofTransaction(ProducerLogins logins) {
        return new BatchLogins(logins, logins.refused(), true);
    }

    /** Whether what is unanswered will not be answered before somebody mends the login. */
    public boolean isHopeless() {
        return doubtful && logins.standRefused();
    }

    /** One of its records was acknowledged. */
    void acknowledged() {
        logins.haveServed(before);
    }

    /** The failure of one of its records: it has waited for a login, if one was refused, and not for brokers that are slow. */
    Throwable explained(Throwable failure) {
        boolean late = failure instanceof TimeoutException && !(failure instanceof SilentProducerException);
        return late && (logins.refused() > before || logins.standRefused()) ? new LoginRefusedException() : failure;
    }
}
