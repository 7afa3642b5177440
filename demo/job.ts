// What the server does by itself at night, done at a moment of the demo's time: its own runner rests while that passes.
import { systemContext } from '@yingzao/platform/http/context'
import type { Host } from '@yingzao/platform/http/host'

export async function runJob(host: Host, name: string): Promise<void> {
  const job = host.registry.jobs.get(name)
  if (!job) throw new Error(`the demo knows no job ${name}`)
  const progress = Object.assign(async () => {}, { signal: new AbortController().signal })
  await job.run(systemContext(host, `job ${name}`), {}, progress)
}
