// The clients of the HTTP benchmark, in a process of their own: each sends its next request when the last was answered.
import { Agent, request } from 'node:http'
import { v7 } from 'uuid'

export interface Load {
  readonly port: number
  readonly clients: number
  readonly seconds: number
  readonly headers: Readonly<Record<string, string>>
  readonly list: string
  readonly create: string
  /** What a created row holds besides id and name. */
  readonly row: Readonly<Record<string, unknown>>
}
export interface Loaded {
  readonly perSecond: number
  /** Milliseconds. */
  readonly list: { readonly p50: number; readonly p95: number }
  readonly create: { readonly p50: number; readonly p95: number }
  readonly failed: number
}

async function run({ port, clients, seconds, headers, list, create, row }: Load): Promise<Loaded> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const times = { list: [] as number[], create: [] as number[] }
  let failed = 0
  const send = (method: string, path: string, body?: string) =>
    new Promise<void>(resolve => {
      const call = request(
        {
          host: '127.0.0.1',
          port,
          method,
          path,
          agent,
          headers: {
            ...headers,
            ...(body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } : {}),
          },
        },
        response => {
          if ((response.statusCode ?? 500) >= 300) failed++
          response.resume()
          response.on('end', resolve)
        },
      )
      call.on('error', () => {
        failed++
        resolve()
      })
      call.end(body)
    })
  const end = performance.now() + seconds * 1000
  const client = async (number: number) => {
    for (let turn = number; performance.now() < end; turn++) {
      const kind = turn % 5 === 0 ? 'create' : 'list'
      const from = performance.now()
      if (kind === 'list') await send('GET', list)
      else {
        const id = v7()
        await send('POST', create, JSON.stringify({ id, name: `bench ${id}`, ...row }))
      }
      times[kind].push(performance.now() - from)
    }
  }
  const from = performance.now()
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)))
  const elapsed = (performance.now() - from) / 1000
  agent.destroy()
  const at = (values: number[], share: number) => values.sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0
  const figures = (values: number[]) => ({ p50: at(values, 0.5), p95: at(values, 0.95) })
  return {
    perSecond: (times.list.length + times.create.length) / elapsed,
    list: figures(times.list),
    create: figures(times.create),
    failed,
  }
}

process.on('message', async (load: Load) => {
  process.send?.(await run(load))
})
