package dev.onward.credential;

/** Hears of changes in this process, before their answer is given; those of others come by the feed of changes. */
public interface CredentialListener {

    /** A credential was replaced or removed: what was compiled with it is outdated. Thread-safe; it never waits. */
    void credentialChanged();
}
