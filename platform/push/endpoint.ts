// Where a push may go. The address is given by a browser, so by anybody who signs in: without this the server could be sent to
// any machine of its own network.
import { type LookupAddress, lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Addresses that are nobody's on the internet (IANA special-purpose registries; RFC 6890 and its successors). */
const inside = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, prefix, 'ipv4')
/** Of IPv6 only what is given out (2000::/3) is the internet's, and not the parts that lead to an IPv4 address or to nobody. */
const outside6 = new BlockList()
outside6.addSubnet('2000::', 3, 'ipv6')
for (const [net, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  inside.addSubnet(net, prefix, 'ipv6')

export const isPublicAddress = (address: string): boolean =>
  isIP(address) === 4
    ? !inside.check(address, 'ipv4')
    : isIP(address) === 6 && outside6.check(address, 'ipv6') && !inside.check(address, 'ipv6')

const longest = 1000

/**
 * The address of a push service, or null: only https at its usual port, a public host, nothing else in it. `anywhere` also
 * takes a receiver on this machine; tests alone set it.
 */
export function readEndpoint(text: string, anywhere = false): URL | null {
  if (text.length > longest || !URL.canParse(text)) return null
  const url = new URL(text)
  if (url.username !== '' || url.password !== '' || url.hash !== '') return null
  if (anywhere) return url.protocol === 'https:' || url.protocol === 'http:' ? url : null
  if (url.protocol !== 'https:' || url.port !== '') return null
  // Names of one word and these endings are an organisation's own (RFC 6761, 6762, 8375); bare numbers are no push service.
  const host = url.hostname.replace(/\.$/, '')
  const ours = !host.includes('.') || /\.(localhost|local|internal|intranet|lan|home|corp|arpa|test|onion)$/.test(host)
  return ours || host.startsWith('[') || isIP(host) !== 0 ? null : url
}

/** Names are looked up when the connection is made: one that leads inside, by now or always, is not connected to. */
export const lookupPublic: LookupFunction = (name, options, done) =>
  lookup(name, { ...options, all: true }, (error, found: LookupAddress[]) => {
    const [first] = found ?? []
    if (error || !first) return done(error ?? new Error(`${name} has no address`), '', 0)
    const wrong = found.find(({ address }) => !isPublicAddress(address))
    if (wrong) return done(Object.assign(new Error(`${name} leads inside`), { code: 'EINSIDE' }), '', 0)
    return options.all ? done(null, found) : done(null, first.address, first.family)
  })
