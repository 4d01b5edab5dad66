package org.waybill.remote.sftp.session;

/** Marks exceptions that have nothing to do with the partner, so that they are not told as the partner's. */
public interface LocalFault {}
