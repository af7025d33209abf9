import { expect, test } from "vitest";
import { networkOf, pseudonymOf } from "../../src/audit/pseudonyms.ts";

test("a user has one pseudonym on a box, and another on another box", () => {
  const [box, otherBox] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  expect(pseudonymOf("ada@example.com", box)).toBe(pseudonymOf("ada@example.com", box));
  expect(pseudonymOf("ada@example.com", box)).not.toBe(pseudonymOf("ada@example.com", otherBox));
  expect(pseudonymOf("ada@example.com", box)).not.toBe(pseudonymOf("eve@example.com", box));
  expect(pseudonymOf("ada@example.com", box)).toMatch(/^pid_[0-9a-f]{32}$/);
});

test.each([
  ["10.1.2.3", "10.1.2.0/24"],
  ["::ffff:10.1.2.3", "10.1.2.0/24"],
  ["2001:db8:ab:cd::1", "2001:db8:ab::/48"],
  ["2001:0DB8:00AB:00CD:0:0:0:1", "2001:db8:ab::/48"],
  ["::1", "0:0:0::/48"],
  ["fe80::1%eth0", "fe80:0:0::/48"],
  ["not an address", undefined],
])("the address %s is recorded as the network %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});
