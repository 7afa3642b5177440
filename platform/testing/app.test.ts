// A state that several test files start from is made once, and each has its own copy.
import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { type Prepared, testApp } from './app.ts'

test('a prepared state is made once, with its files; what one application writes, another does not see', async () => {
  let times = 0
  const yard: Prepared = {
    key: `yard ${process.pid} ${Math.random()}`,
    async prepare(app) {
      times++
      const admin = await app.as('administrator')
      await admin.entity('org_unit').create({ name: '恒筑建工', type: 'company', parent: app.company })
      const form = new FormData()
      form.append('file', new Blob(['图纸']), 'plan.txt')
      await admin.transport.call('POST', '/files', { raw: form })
    },
  }
  const [mine, yours] = await Promise.all([testApp({ prepared: yard }), testApp({ prepared: yard })])
  try {
    expect(times).toBe(1)
    const [my, your] = [await mine.as('administrator'), await yours.as('administrator')]
    const units = async (person: typeof my) =>
      (await person.entity('org_unit').list({ sort: ['name'] })).items.map(each => each.name)
    await my.entity('org_unit').create({ name: '恒筑智造', type: 'company', parent: mine.company })
    expect(await units(my)).toEqual(['恒筑建工', '恒筑智造', '测试集团'])
    expect(await units(your)).toEqual(['恒筑建工', '测试集团'])
    const kept = async (folder: string) =>
      (await readdir(folder, { recursive: true, withFileTypes: true })).filter(entry => entry.isFile()).length
    expect([await kept(mine.files), await kept(yours.files)]).toEqual([1, 1])
  } finally {
    await mine.close()
    await yours.close()
  }
})
