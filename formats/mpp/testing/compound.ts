// Writes OLE compound documents for tests: 512-byte sectors, small streams in the mini stream, as Project does.

export interface Tree {
  [name: string]: Uint8Array | Tree
}

const sectorSize = 512
const miniSize = 64
const cutoff = 4096
const endOfChain = 0xfffffffe
const free = 0xffffffff
const fatSector = 0xfffffffd

interface Entry {
  name: string
  kind: number
  child: number
  right: number
  start: number
  data: Uint8Array
}

export function writeCompound(tree: Tree): Uint8Array {
  const entries: Entry[] = [
    { name: 'Root Entry', kind: 5, child: free, right: free, start: 0, data: new Uint8Array(0) },
  ]
  const add = (owner: Entry, folder: Tree): void => {
    let last: Entry | undefined
    for (const [name, item] of Object.entries(folder)) {
      const isStream = item instanceof Uint8Array
      const entry: Entry = {
        name,
        kind: isStream ? 2 : 1,
        child: free,
        right: free,
        start: 0,
        data: isStream ? item : new Uint8Array(0),
      }
      const index = entries.push(entry) - 1
      // A list of right siblings is a tree, too.
      if (last) last.right = index
      else owner.child = index
      last = entry
      if (!(item instanceof Uint8Array)) add(entry, item)
    }
  }
  const [root] = entries
  if (root) add(root, tree)

  const sectors: Uint8Array[] = []
  const fat: number[] = []
  const place = (data: Uint8Array): number => {
    const first = sectors.length
    const count = Math.ceil(data.length / sectorSize)
    for (let i = 0; i < count; i++) {
      const sector = new Uint8Array(sectorSize)
      sector.set(data.subarray(i * sectorSize, (i + 1) * sectorSize))
      sectors.push(sector)
      fat.push(i + 1 < count ? first + i + 1 : endOfChain)
    }
    return count === 0 ? endOfChain : first
  }
  const mini: number[] = []
  const miniFat: number[] = []
  for (const entry of entries) {
    if (entry.kind !== 2) continue
    if (entry.data.length >= cutoff) entry.start = place(entry.data)
    else if (entry.data.length === 0) entry.start = endOfChain
    else {
      entry.start = miniFat.length
      const count = Math.ceil(entry.data.length / miniSize)
      for (let i = 0; i < count; i++) miniFat.push(i + 1 < count ? entry.start + i + 1 : endOfChain)
      mini.push(...entry.data, ...new Uint8Array(count * miniSize - entry.data.length))
    }
  }
  if (root) {
    root.data = Uint8Array.from(mini)
    root.start = place(root.data)
  }
  const miniFatStart = place(words(miniFat))
  const directoryStart = place(directoryOf(entries))
  // The table must hold its own sectors as well.
  let tables = 1
  while (fat.length + tables > tables * (sectorSize / 4)) tables++
  const fatStart = sectors.length
  for (let i = 0; i < tables; i++) fat.push(fatSector)
  while (fat.length < tables * (sectorSize / 4)) fat.push(free)
  const table = words(fat)
  for (let i = 0; i < tables; i++) sectors.push(table.subarray(i * sectorSize, (i + 1) * sectorSize))

  const header = Buffer.alloc(sectorSize)
  header.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  header.writeUInt16LE(0x3e, 24)
  header.writeUInt16LE(3, 26)
  header.writeUInt16LE(0xfffe, 28)
  header.writeUInt16LE(9, 30)
  header.writeUInt16LE(6, 32)
  header.writeUInt32LE(tables, 44)
  header.writeUInt32LE(directoryStart, 48)
  header.writeUInt32LE(cutoff, 56)
  header.writeUInt32LE(miniFatStart, 60)
  header.writeUInt32LE(Math.ceil((miniFat.length * 4) / sectorSize), 64)
  header.writeUInt32LE(endOfChain, 68)
  for (let i = 0; i < 109; i++) header.writeUInt32LE(i < tables ? fatStart + i : free, 76 + i * 4)
  return Buffer.concat([header, ...sectors])
}

const words = (numbers: readonly number[]): Uint8Array => {
  const bytes = Buffer.alloc(Math.ceil((numbers.length * 4) / sectorSize) * sectorSize, 0xff)
  numbers.forEach((number, i) => {
    bytes.writeUInt32LE(number, i * 4)
  })
  return bytes
}

function directoryOf(entries: readonly Entry[]): Uint8Array {
  const bytes = Buffer.alloc(entries.length * 128)
  entries.forEach((entry, i) => {
    const at = i * 128
    bytes.write(entry.name, at, 'utf16le')
    bytes.writeUInt16LE((entry.name.length + 1) * 2, at + 64)
    bytes[at + 66] = entry.kind
    bytes.writeUInt32LE(free, at + 68)
    bytes.writeUInt32LE(entry.right, at + 72)
    bytes.writeUInt32LE(entry.child, at + 76)
    bytes.writeUInt32LE(entry.start, at + 116)
    bytes.writeUInt32LE(entry.data.length, at + 120)
  })
  return bytes
}
