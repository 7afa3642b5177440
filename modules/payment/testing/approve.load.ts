// The clients of the approval benchmark, in a process of their own: each sends its next request when the last was answered.
import { Agent, request } from 'node:http'

export interface Load {
  readonly port: number
  readonly clients: number
  /** Each is posted once, by whoever is free first. */
  readonly calls: readonly { readonly path: string; readonly headers: Readonly<Record<string, string>> }[]
}
export interface Loaded {
  /** Milliseconds of each request. */
  readonly times: readonly number[]
  readonly seconds: number
  /** Answers that were no success. */
  readonly failed: readonly string[]
}

async function run({ port, clients, calls }: Load): Promise<Loaded> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const times: number[] = []
  const failed: string[] = []
  const post = ({ path, headers }: Load['calls'][number]) =>
    new Promise<void>(resolve => {
      const more = { 'content-type': 'application/json', 'content-length': 2 }
      const call = request(
        { host: '127.0.0.1', port, path, method: 'POST', agent, headers: { ...headers, ...more } },
        response => {
          let text = ''
          response.setEncoding('utf8').on('data', part => {
            text += part
          })
          response.on('end', () => {
            if ((response.statusCode ?? 500) >= 300) failed.push(text)
            resolve()
          })
        },
      )
      call.on('error', error => {
        failed.push(String(error))
        resolve()
      })
      call.end('{}')
    })
  const queue = calls[Symbol.iterator]()
  const client = async () => {
    for (const each of queue) {
      const from = performance.now()
      await post(each)
      times.push(performance.now() - from)
    }
  }
  const from = performance.now()
  await Promise.all(Array.from({ length: clients }, client))
  agent.destroy()
  return { times, seconds: (performance.now() - from) / 1000, failed }
}

process.on('message', async (load: Load) => {
  process.send?.(await run(load))
})
