import { startTestServer } from '@yingzao/platform/testing/server'
import { testApp } from '@yingzao/platform/testing/app'
import { v7 } from 'uuid'
const { yardModule, yardServices } = await import('./platform/testing/yard.ts')
const server = await startTestServer()
process.env.YINGZAO_TEST_DATABASE_URL = server.url
const app = await testApp({ modules: [yardModule], registrations: yardServices })
const keeper = await app.as('yard_keeper')
process.env.DBG = '1'
const r = await fetch(app.url + '/api/v1/yard', { method: 'POST', headers: { cookie: keeper.cookie, 'x-yingzao-client': 'web', 'content-type': 'application/json' }, body: JSON.stringify({ id: v7(), name: 'x', company: app.company, area: '12.5', kind: 'steel', covered: true, opened_on: '2026-03-01' }) })
console.log(r.status, await r.text())
await app.close(); await server.stop(); process.exit(0)
