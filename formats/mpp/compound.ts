// The OLE compound document ([MS-CFB]) that holds an .mpp: a small file system of sectors, read in bounded time and memory.
import { Refused } from '../limit.ts'
import { u16, u32, wideText } from './bytes.ts'

/** A folder inside the document: its streams and folders by name. */
export interface Storage {
  folder(name: string): Storage | undefined
  /** The bytes of a stream; undefined when there is none. Throws `Refused` when its sectors do not hold together. */
  stream(name: string): Uint8Array | undefined
  /** Names of its streams and folders. */
  names(): string[]
}

interface Entry {
  name: string
  kind: number
  left: number
  right: number
  child: number
  start: number
  size: number
}

const magic = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
const maxRegular = 0xfffffffa
const none = 0xffffffff
const storageKind = 1
const streamKind = 2
const rootKind = 5

const broken = (detail: string): Refused => new Refused('mpp.broken', { detail })

/**
 * Opens a compound document.
 *
 * Everything is checked against the length of the file: a chain of sectors longer than the file has sectors is a cycle,
 * and all streams together may not exceed four times the file (streams that share sectors are hostile).
 */
export function openCompound(bytes: Uint8Array): Storage {
  // Parts of a plain array are cheaper to make than those of a Buffer, and there are hundreds of thousands.
  const file = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
  if (!magic.every((byte, i) => file[i] === byte)) throw broken('signature')
  if (file.length < 512) throw broken('header')
  const shift = u16(file, 30)
  const miniShift = u16(file, 32)
  if ((shift !== 9 && shift !== 12) || miniShift > 12 || miniShift < 4 || miniShift >= shift) throw broken('header')
  const sectorSize = 1 << shift
  const miniSize = 1 << miniShift
  const sectorCount = Math.ceil(file.length / sectorSize) - 1
  const cutoff = u32(file, 56)
  const perSector = sectorSize / 4

  const sector = (number: number): Uint8Array => {
    if (number >= sectorCount) throw broken('sector')
    return file.subarray((number + 1) * sectorSize, (number + 2) * sectorSize)
  }

  const fat = tableOf(file, sector, perSector, sectorCount)

  const chain = (start: number, table: Uint32Array, most: number): number[] => {
    const found: number[] = []
    for (let at = start; at < maxRegular; at = table[at] ?? none) {
      if (at >= table.length || found.length >= most) throw broken('chain')
      found.push(at)
    }
    return found
  }

  let budget = file.length * 4 + 65_536
  const gather = (
    numbers: readonly number[],
    from: Uint8Array,
    unit: number,
    offset: number,
    size: number,
  ): Uint8Array => {
    budget -= size
    if (budget < 0) throw broken('size')
    const first = numbers[0] ?? 0
    if (numbers.every((number, i) => number === first + i)) {
      const begin = offset + first * unit
      if (begin + size <= from.length) return from.subarray(begin, begin + size)
    }
    const bytes = new Uint8Array(size)
    let at = 0
    for (const number of numbers) {
      if (at >= size) break
      const begin = offset + number * unit
      if (begin >= from.length) throw broken('sector')
      bytes.set(from.subarray(begin, Math.min(begin + unit, begin + size - at)), at)
      at += unit
    }
    return bytes
  }

  const regular = (start: number, size?: number): Uint8Array => {
    const most = size === undefined ? sectorCount : Math.min(sectorCount, Math.ceil(size / sectorSize))
    const numbers: number[] = []
    // A stream may own more sectors than it fills; those beyond its size are not looked at.
    for (let at = start; at < maxRegular && numbers.length < most; at = fat[at] ?? none) {
      if (at >= sectorCount) throw broken('sector')
      numbers.push(at)
    }
    const held = numbers.length * sectorSize
    if (size !== undefined && size > held) throw broken('chain')
    return gather(numbers, file, sectorSize, sectorSize, size ?? held)
  }

  const directory = chain(u32(file, 48), fat, sectorCount)
  const entries = entriesOf(gather(directory, file, sectorSize, sectorSize, directory.length * sectorSize), shift)
  const root = entries[0]
  if (!root || root.kind !== rootKind) throw broken('directory')
  const mini = root.size > 0 ? regular(root.start, root.size) : new Uint8Array(0)
  const miniFatSectors = chain(u32(file, 60), fat, sectorCount)
  const miniFat = numbersOf(miniFatSectors.map(sector), perSector)

  const bytesOf = (entry: Entry): Uint8Array => {
    if (entry.size === 0) return new Uint8Array(0)
    if (entry.size > file.length) throw broken('size')
    if (entry.size >= cutoff) return regular(entry.start, entry.size)
    const wanted = Math.ceil(entry.size / miniSize)
    const numbers: number[] = []
    for (let at = entry.start; at < maxRegular && numbers.length < wanted; at = miniFat[at] ?? none) numbers.push(at)
    if (numbers.length < wanted) throw broken('chain')
    return gather(numbers, mini, miniSize, 0, entry.size)
  }

  const seen = new Uint8Array(entries.length)
  const storage = (owner: Entry): Storage => {
    const items = new Map<string, Entry>()
    const open = [owner.child]
    while (open.length > 0) {
      const at = open.pop() ?? none
      const entry = entries[at]
      // An entry met twice makes the tree of names cyclic.
      if (!entry || seen[at] === 1) continue
      seen[at] = 1
      open.push(entry.left, entry.right)
      items.set(entry.name, entry)
    }
    const folders = new Map<string, Storage>()
    const streams = new Map<string, Uint8Array>()
    return {
      folder(name) {
        const known = folders.get(name)
        if (known) return known
        const entry = items.get(name)
        if (!entry || entry.kind !== storageKind) return undefined
        const opened = storage(entry)
        folders.set(name, opened)
        return opened
      },
      stream(name) {
        const known = streams.get(name)
        if (known) return known
        const entry = items.get(name)
        if (!entry || entry.kind !== streamKind) return undefined
        const bytes = bytesOf(entry)
        streams.set(name, bytes)
        return bytes
      },
      names: () => [...items.keys()],
    }
  }
  return storage(root)
}

/** The sector allocation table: sector → next sector of its chain. */
function tableOf(
  file: Uint8Array,
  sector: (number: number) => Uint8Array,
  perSector: number,
  sectorCount: number,
): Uint32Array {
  const most = Math.ceil(sectorCount / perSector)
  const places: number[] = []
  for (let i = 0; i < 109 && places.length < most; i++) {
    const at = u32(file, 76 + i * 4)
    if (at < maxRegular) places.push(at)
  }
  let steps = 0
  for (let next = u32(file, 68); next < maxRegular && places.length < most; ) {
    if (steps++ > sectorCount) throw broken('chain')
    const block = sector(next)
    for (let i = 0; i < perSector - 1 && places.length < most; i++) {
      const at = u32(block, i * 4)
      if (at < maxRegular) places.push(at)
    }
    next = u32(block, (perSector - 1) * 4)
  }
  return numbersOf(places.map(sector), perSector)
}

function numbersOf(blocks: readonly Uint8Array[], perSector: number): Uint32Array {
  const table = new Uint32Array(blocks.length * perSector).fill(none)
  blocks.forEach((block, b) => {
    const full = Math.floor(block.length / 4)
    for (let i = 0; i < full; i++) table[b * perSector + i] = u32(block, i * 4)
  })
  return table
}

function entriesOf(bytes: Uint8Array, shift: number): Entry[] {
  const entries: Entry[] = []
  for (let at = 0; at + 128 <= bytes.length; at += 128) {
    const length = Math.min(64, u16(bytes, at + 64))
    entries.push({
      name: wideText(bytes, at, length),
      kind: bytes[at + 66] ?? 0,
      left: u32(bytes, at + 68),
      right: u32(bytes, at + 72),
      child: u32(bytes, at + 76),
      start: u32(bytes, at + 116),
      // Version 3 files have 32-bit sizes, with rubbish above; no file here exceeds them anyway.
      size: u32(bytes, at + 120) + (shift === 12 ? u32(bytes, at + 124) * 2 ** 32 : 0),
    })
  }
  return entries
}
