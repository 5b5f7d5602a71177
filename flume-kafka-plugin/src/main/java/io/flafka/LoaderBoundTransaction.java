// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import org.apache.flume.Transaction;

/** A transaction whose every call runs with one context class loader; its thread is the transaction's owner. */
@SuppressWarnings("try") // The resources are not used but held: see ContextClassLoaderSwap.
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
