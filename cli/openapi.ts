// `yingzao openapi`: the OpenAPI 3.1 document of what is installed, without a server or database.
import { openApi } from '@yingzao/platform/http/openapi/document'
import { defineCommand } from './command.ts'
import { readRegistry } from './registry.ts'

export const command = defineCommand({
  summary: { zh: '输出 OpenAPI 3.1 文档', en: 'print the OpenAPI 3.1 document' },
  usage: ['openapi'],
  async run() {
    const document = openApi(await readRegistry(), { name: '营造 Yingzao', version: '0.1.0' })
    return { document, text: () => JSON.stringify(document, null, 2) }
  },
})
