// Turns npm's output into what to do about it.

/** Lines of npm's own output that are shown under the explanation: enough for the error, not the whole log. */
const SHOWN_LINES_MAX = 12;

/** @type {readonly { readonly sign: RegExp, readonly advice: string }[]} */
const CAUSES = [
  {
    sign: /ENOSPC/,
    advice: "The disk is full. Free some space (`df -h .` shows it; `npm cache clean --force` gives some back).",
  },
  {
    sign: /EINTEGRITY/,
    advice:
      "A package is not the one that the lock file pins, so it was refused. Empty the cache (`npm cache clean --force`) " +
      "and try again; if it stays, the registry or a proxy on the way serves something else.",
  },
  {
    sign: /SELF_SIGNED_CERT|UNABLE_TO_(?:GET|VERIFY)|CERT_|ERR_TLS/,
    advice:
      "The registry's certificate is not trusted. Behind a proxy that inspects TLS: " +
      "`npm config set cafile /path/to/site-ca.pem`.",
  },
  {
    sign: /E401|E403|ENEEDAUTH|E407/,
    advice: "The registry or a proxy refused the request. Log in (`npm login`), or check the proxy's credentials.",
  },
  {
    sign: /E404|ETARGET|ENOVERSIONS/,
    advice:
      "The registry does not have a package that the lock file names. If it is a mirror, let it fetch the package first.",
  },
  {
    sign: /EACCES|EPERM|EROFS/,
    advice:
      "A file may not be written. Check who owns this folder and npm's cache, and that the disk is not read-only.",
  },
  {
    sign: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|ENOTCACHED/,
    advice:
      "The package registry can't be reached. Offline? Connect once, or copy node_modules and .runtime from a machine of " +
      "the same platform. Behind a proxy: `npm config set https-proxy http://…`. " +
      "With a mirror: `npm config set registry https://…`.",
  },
];

/**
 * The text for a failed npm run: the likely cause with its remedy where npm's output shows one, then the end of that output.
 * @param {string} output everything that npm printed
 * @param {string} logFile where the whole output was kept
 * @returns {string}
 */
export function explainNpmFailure(output, logFile) {
  const cause = CAUSES.find(({ sign }) => sign.test(output));
  const advice = cause?.advice ?? "npm failed for a reason that is not among the usual ones.";
  const lines = output
    .split("\n")
    .filter((line) => line.trim() !== "" && !/A complete log of this run|Unknown user config/.test(line))
    .slice(-SHOWN_LINES_MAX);
  return [advice, ...lines.map((line) => `  | ${line}`), `  The whole output: ${logFile}`].join("\n");
}
