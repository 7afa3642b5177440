// A process that shuts down gracefully: what the shutdown test sends signals to. Prints each part as it closes.
import { setTimeout as sleep } from 'node:timers/promises'
import { silentLog } from '../runtime/log.ts'
import { gracefulShutdown } from '../runtime/shutdown.ts'

const shutdown = gracefulShutdown(silentLog, { patience: process.argv[2] === 'stuck' ? 300 : 10_000 })
const say = (line: string) => process.stdout.write(`${line}\n`)
shutdown.add('database', async () => say('database'))
shutdown.add('server', async () => {
  await sleep(200)
  say('request answered')
  say('server')
})
if (process.argv[2] === 'stuck') shutdown.add('stuck', () => new Promise(() => {}))
shutdown.signal.addEventListener('abort', () => say('not ready'))
const alive = setInterval(() => {}, 1000)
say('up')
if (process.argv[2] === 'bug') setTimeout(() => Promise.reject(new Error('a bug')), 1)
process.exitCode = await shutdown.done
clearInterval(alive)
