// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import org.apache.flume.Transaction;

/** Passes all calls to a transaction, with a fixed context class loader. For the thread that owns the transaction. */
@SuppressWarnings("try") // The resources are only opened and closed: see ContextClassLoaderSwap.
record LoaderBoundTransaction(Transaction transaction, ClassLoader loader) implements Transaction {

    @Override
    public void begin() {
        try (ContextClassLoaderSwap swap = ContextClassLoaderSwap.to(loader)) {
            transaction.begin();
        }
    }

    @Override
    public void commit() {
        try (ContextClassLoaderSwap swap = ContextClassLoaderSwap.to(loader)) {
            transaction.commit();
        }
    }

    @Override
    public void rollback() {
        try (ContextClassLoaderSwap swap = ContextClassLoaderSwap.to(loader)) {
            transaction.rollback();
        }
    }

    @Override
    public void close() {
        try (ContextClassLoaderSwap swap = ContextClassLoaderSwap.to(loader)) {
            transaction.close();
        }
    }
}
