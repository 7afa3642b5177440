// The API's own description: the OpenAPI document, and a small page of ours that shows it without any foreign script.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { demandCaller } from './guard.ts'
import type { Host } from './host.ts'
import { openApi } from './openapi/document.ts'

const page = {
  'index.html': 'text/html; charset=utf-8',
  'docs.js': 'text/javascript; charset=utf-8',
  'docs.css': 'text/css; charset=utf-8',
}

export function openApiRoute(api: FastifyInstance, host: Host): void {
  let made: { text: string; etag: string } | null = null
  api.get('/openapi.json', async (request, reply) => {
    demandCaller(request)
    if (!made) {
      const text = JSON.stringify(openApi(host.registry, host.product))
      made = { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"` }
    }
    reply.header('etag', made.etag).header('cache-control', 'private, no-cache')
    if (request.headers['if-none-match'] === made.etag) return reply.code(304).send()
    return reply.type('application/json; charset=utf-8').send(made.text)
  })
}

export function docsPage(app: FastifyInstance): void {
  for (const [name, type] of Object.entries(page)) {
    const content = readFileSync(new URL(`./docs/${name}`, import.meta.url))
    const address = name === 'index.html' ? '/api/docs' : `/api/docs/${name}`
    app.get(address, (_, reply) => reply.type(type).header('cache-control', 'no-cache').send(content))
  }
}
