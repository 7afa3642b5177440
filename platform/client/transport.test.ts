// A connection that is cut off under a request: what may arrive twice is asked again, the rest is told as it is.
import { createServer, type Server } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { createClient } from './client.ts'

let server: Server
afterEach(() => new Promise(resolve => server.close(resolve)))

/** Cuts off the first `cuts` requests without an answer; counts all. */
async function cutting(cuts: number) {
  let asked = 0
  server = createServer((request, response) => {
    asked++
    if (asked <= cuts) return request.socket.destroy()
    request.resume()
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"x","version":1}')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { client: createClient({ url: `http://127.0.0.1:${port}`, kind: 'cli' }), asked: () => asked }
}

test('reading, a create under an id of ours and an action with its key are asked once more', async () => {
  for (const call of ['get', 'create', 'perform'] as const) {
    const { client, asked } = await cutting(1)
    const thing = client.entity('thing')
    await {
      get: () => thing.get('x'),
      create: () => thing.create({ name: 'a' }),
      perform: () => client.perform('thing.do'),
    }[call]()
    expect(asked(), call).toBe(2)
    await new Promise(resolve => server.close(resolve))
  }
  server = createServer()
})

test('a change by version is not sent twice, and the reason is named', async () => {
  const { client, asked } = await cutting(9)
  await expect(client.entity('thing').patch('x', 1, { name: 'b' })).rejects.toMatchObject({
    code: 'client.offline',
    problem: { values: { cause: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) } },
  })
  expect(asked()).toBe(1)
})

test('a server that stays away is told after the second time', async () => {
  const { client, asked } = await cutting(9)
  await expect(client.entity('thing').get('x')).rejects.toMatchObject({ code: 'client.offline' })
  expect(asked()).toBe(2)
})
