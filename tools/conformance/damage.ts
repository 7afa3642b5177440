// Damaged plan files of every kind: `npx tsx tools/conformance/damage.ts <data> [files] [format…]`.
//
// Takes the files of plan/ of the named formats in turn, damages each by a fixed sequence of random changes (bytes
// flipped, cut out, repeated, swapped, the end cut off, numbers made huge), and reads it: every one must be read or
// refused with a code, within two seconds. Exits 1 on a crash or a slow one; the seed of a failure is printed.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { detectPlanFile, readPlanFile } from '@yingzao/formats/plan-file'

const longest = 2000
/** Small enough that a hundred thousand are read in minutes. */
const largest = 60_000

async function* filesIn(folder: string): AsyncGenerator<string> {
  for (const entry of (await readdir(folder, { withFileTypes: true })).sort((a, b) => a.name.localeCompare(b.name))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesIn(path)
    else yield path
  }
}

/** Mulberry32: the same sequence for a seed everywhere. */
function randomOf(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below)
  }
}

const pieces = [
  '',
  '<',
  '>',
  '"',
  '&#0;',
  '\n',
  ',',
  ';',
  '-',
  '999999999999',
  '-1',
  '1e99',
  '<a>',
  '</a>',
  '\u0000',
  'é',
]

function damaged(bytes: Buffer, random: (below: number) => number): Buffer {
  let out = bytes
  for (let changes = 1 + random(4); changes > 0; changes--) {
    const at = random(out.length + 1)
    const length = random(Math.min(out.length - at, 200) + 1)
    const before = out.subarray(0, at)
    const after = out.subarray(at + length)
    switch (random(6)) {
      case 0:
        out = Buffer.from(out)
        for (let i = 0; i < 4 && out.length > 0; i++) out[random(out.length)] = random(256)
        break
      case 1:
        out = Buffer.concat([before, after])
        break
      case 2:
        out = Buffer.concat([before, ...Array<Buffer>(1 + random(8)).fill(out.subarray(at, at + length)), after])
        break
      case 3:
        out = Buffer.concat([before, Buffer.from(pieces[random(pieces.length)] ?? ''), out.subarray(at)])
        break
      case 4: {
        // A number somewhere becomes another one.
        const text = out.toString('latin1')
        const numbers = [...text.slice(at, at + 4000).matchAll(/\d+/g)]
        const number = numbers[random(numbers.length)]
        if (number)
          out = Buffer.from(
            `${text.slice(0, at + number.index)}${['0', '-1', '99999999999999999999', '7'][random(4)]}${text.slice(at + number.index + number[0].length)}`,
            'latin1',
          )
        break
      }
      default:
        if (random(4) === 0) out = out.subarray(0, at)
    }
  }
  return out
}

const [data, count = '1000', ...formats] = process.argv.slice(2)
if (data === undefined) {
  console.error('usage: damage.ts <data folder> [files] [format…]')
  process.exitCode = 2
} else {
  const originals: { path: string; bytes: Buffer }[] = []
  for await (const path of filesIn(join(data, 'plan'))) {
    const bytes = await readFile(path)
    const found = detectPlanFile(bytes.subarray(0, 65536), path)
    if (found.readable && bytes.length <= largest && (formats.length === 0 || formats.includes(found.format)))
      originals.push({ path, bytes })
  }
  const outcomes = new Map<string, number>()
  let slowest = 0
  let failures = 0
  for (let seed = 0; seed < Number(count); seed++) {
    const original = originals[seed % originals.length]
    if (!original) break
    const bytes = damaged(original.bytes, randomOf(seed))
    const from = performance.now()
    const outcome = await readPlanFile(bytes, original.path).then(
      reading => (reading.ok ? 'read' : reading.error.code),
      (error: unknown) => {
        failures++
        console.log(`  FAIL seed ${seed} ${original.path}: ${error instanceof Error ? error.stack : String(error)}`)
        return 'crash'
      },
    )
    const took = performance.now() - from
    slowest = Math.max(slowest, took)
    if (took > longest) {
      failures++
      console.log(`  FAIL seed ${seed} ${original.path}: ${Math.round(took)} ms`)
    }
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    if ((seed + 1) % 10_000 === 0) console.log(`  ${seed + 1}: slowest ${Math.round(slowest)} ms, ${failures} failed`)
  }
  console.log(`${originals.length} files, ${count} damaged, slowest ${Math.round(slowest)} ms`)
  for (const [outcome, n] of [...outcomes].sort()) console.log(`${outcome.padEnd(32)} ${n}`)
  console.log(failures === 0 ? 'damage: passed' : `damage: ${failures} failed`)
  if (failures > 0) process.exitCode = 1
}
