/** What the connections of every transport have in common. */
export const connectionDefaults = {
  /** Response headers that are kept in memory, in bytes, whatever a call allows. */
  maxHeaderSize: 64 * 1024,
  /** An idle connection is kept this long, unless its server announces less: shorter than most servers', so that ours closes first. */
  keepAliveTimeout: 4_000,
  keepAliveMaxTimeout: 60_000,
  /** A connection is replaced after this time, so that a changed address is noticed, in ms. */
  clientTtl: 600_000,
  /** One answer at a time on a connection: a broken one takes no other with it. */
  pipelining: 1,
  allowH2: false,
  connect: {
    /** The longest that an attempt to connect goes on when its request has been given up, in ms. */
    timeout: 30_000,
  },
} as const;
