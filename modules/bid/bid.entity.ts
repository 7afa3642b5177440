// 投标: from registration through review, handing in and opening to the project that a won bid becomes.
import { allow, board, calendar, entity, f, form, type Label, table } from '@yingzao/kernel/entity'

const at = (from: readonly string[], to: string, action: string, label: Label) => ({
  ...{ from, to, action, label },
  when: 'state = "effective"',
})
const open = ['prepare', 'registered', 'submitted', 'opened'] as const
const verb = 'state = "effective"'
const on = (zh: string, en: string) => f.date({ zh, en }, { required: true, default: '=today()' })

export const bid = entity('bid', {
  kind: 'document',
  label: { zh: '投标', en: 'Bid' },
  title: 'name',
  number: 'TB-{yyyy}{mm}-{seq:4}',
  fields: {
    name: f.text({ zh: '招标项目', en: 'Tender' }, { required: true, max: 200, indexed: true }),
    tender_no: f.text({ zh: '招标编号', en: 'Tender no.' }, { max: 60, indexed: true }),
    company: f.orgUnit({ zh: '投标公司', en: 'Company' }, { required: true, type: 'company', indexed: true }),
    department: f.orgUnit({ zh: '承办部门', en: 'Department' }, { type: 'department', indexed: true }),
    client: f.ref('counterparty', { zh: '招标人', en: 'Client' }, { indexed: true }),
    agency: f.text({ zh: '招标代理', en: 'Agency' }, { max: 200 }),
    type: f.choice(
      { zh: '工程类型', en: 'Type' },
      {
        building: { zh: '房屋建筑', en: 'Building' },
        municipal: { zh: '市政工程', en: 'Municipal works' },
        rail: { zh: '轨道交通', en: 'Rail transit' },
        industrial: { zh: '工业安装', en: 'Industrial plant' },
        software: { zh: '软件与信息化', en: 'Software' },
        other: { zh: '其他', en: 'Other' },
      },
      { required: true, default: 'building' },
    ),
    address: f.text({ zh: '地点', en: 'Place' }, { max: 300 }),
    handler: f.user({ zh: '投标负责人', en: 'In charge' }, { default: '=current_user()', indexed: true }),
    team: f.multiRef('user', { zh: '投标小组', en: 'Team' }),
    estimate_amount: f.money({ zh: '估算价', en: 'Estimate' }, { min: '0', group: 'commercial' }),
    ceiling_amount: f.money({ zh: '最高投标限价', en: 'Ceiling price' }, { min: '0', group: 'commercial', open: true }),
    bid_amount: f.money({ zh: '投标报价', en: 'Our price' }, { min: '0', group: 'commercial', open: true }),
    due_on: f.date({ zh: '投标截止', en: 'To be handed in by' }, { indexed: true, open: true }),
    opening_on: f.date({ zh: '开标日期', en: 'Opening on' }, { indexed: true, open: true }),
    review: f.longText(
      { zh: '评审要点', en: 'For the review' },
      { max: 4000, hint: { zh: '资格、工期、付款条件、风险与对策', en: 'Qualification, dates, payment, risks' } },
    ),
    registered_on: f.date({ zh: '报名日期', en: 'Registered on' }, { system: true }),
    submitted_on: f.date({ zh: '递交日期', en: 'Handed in on' }, { system: true }),
    opened_on: f.date({ zh: '实际开标', en: 'Opened on' }, { system: true }),
    decided_on: f.date({ zh: '定标日期', en: 'Decided on' }, { system: true, indexed: true }),
    won_amount: f.money({ zh: '中标价', en: 'Won at' }, { system: true, group: 'commercial' }),
    decision: f.longText({ zh: '结果说明', en: 'How it ended' }, { system: true, max: 2000 }),
    bidders: f.lines('bid_bidder', { zh: '开标记录', en: 'Bids opened' }, { max: 100, open: true }),
    lowest_amount: f.money(
      { zh: '最低报价', en: 'Lowest price' },
      { formula: 'min(bidders.price)', group: 'commercial' },
    ),
    project: f.ref('project', { zh: '中标项目', en: 'Project' }, { system: true, indexed: true }),
  },
  place: { company: 'company', department: 'department', owner: ['handler'] },
  rules: {
    opening_after_due: {
      check: 'due_on = null or opening_on = null or opening_on >= due_on',
      message: { zh: '开标日期不能早于投标截止，请检查', en: 'It is opened before it is due: check both dates' },
    },
    within_ceiling: {
      check: 'ceiling_amount = null or ceiling_amount = 0 or bid_amount = null or bid_amount <= ceiling_amount',
      message: {
        zh: '报价超过最高投标限价会被否决，请调整报价',
        en: 'A price above the ceiling is rejected: lower it',
      },
    },
  },
  stages: {
    prepare: { label: { zh: '待报名', en: 'To register' } },
    registered: { label: { zh: '已报名', en: 'Registered' }, tone: 'info' },
    submitted: { label: { zh: '已递交', en: 'Handed in' }, tone: 'info' },
    opened: { label: { zh: '已开标', en: 'Opened' }, tone: 'warn' },
    won: { label: { zh: '中标', en: 'Won' }, tone: 'good' },
    lost: { label: { zh: '落标', en: 'Lost' }, tone: 'bad' },
    failed: { label: { zh: '流标', en: 'Tender failed' } },
    dropped: { label: { zh: '弃标', en: 'Dropped' } },
  },
  transitions: [
    at(['prepare'], 'registered', 'enroll', { zh: '报名', en: 'Register' }),
    at(['registered'], 'submitted', 'hand_in', { zh: '递交', en: 'Hand in' }),
    at(['submitted'], 'opened', 'open_bids', { zh: '开标', en: 'Open' }),
    at(['opened'], 'won', 'win', { zh: '中标', en: 'Won' }),
    at(['opened'], 'lost', 'lose', { zh: '落标', en: 'Lost' }),
    at(['registered', 'submitted', 'opened'], 'failed', 'fail', { zh: '流标', en: 'Tender failed' }),
    at(open, 'dropped', 'drop', { zh: '弃标', en: 'Drop' }),
  ],
  verbs: {
    enroll: { label: { zh: '报名', en: 'Register' }, when: verb, tone: 'primary', input: { on: on('报名日期', 'On') } },
    hand_in: {
      label: { zh: '递交', en: 'Hand in' },
      when: verb,
      tone: 'primary',
      input: {
        on: on('递交日期', 'On'),
        amount: f.money({ zh: '投标报价', en: 'Our price' }, { required: true, min: '0' }),
      },
    },
    open_bids: { label: { zh: '开标', en: 'Open' }, when: verb, tone: 'primary', input: { on: on('开标日期', 'On') } },
    win: {
      label: { zh: '中标', en: 'Won' },
      when: verb,
      tone: 'primary',
      input: {
        on: on('定标日期', 'On'),
        amount: f.money({ zh: '中标价', en: 'Won at' }, { required: true, min: '0' }),
        reason: f.longText({ zh: '说明', en: 'Note' }, { max: 2000 }),
      },
    },
    lose: {
      label: { zh: '落标', en: 'Lost' },
      when: verb,
      input: {
        on: on('定标日期', 'On'),
        reason: f.longText({ zh: '原因', en: 'Why' }, { required: true, max: 2000 }),
      },
    },
    fail: {
      label: { zh: '流标', en: 'Tender failed' },
      when: verb,
      input: {
        on: on('日期', 'On'),
        reason: f.longText({ zh: '原因', en: 'Why' }, { required: true, max: 2000 }),
      },
    },
    drop: {
      label: { zh: '弃标', en: 'Drop' },
      when: verb,
      tone: 'danger',
      input: {
        on: on('日期', 'On'),
        reason: f.longText({ zh: '原因', en: 'Why' }, { required: true, max: 2000 }),
      },
    },
    make_project: {
      label: { zh: '转为项目', en: 'Make it a project' },
      when: 'state = "effective" and stage = "won" and project = null',
      tone: 'primary',
    },
  },
  // What is approved first; the price follows later.
  amount: 'estimate_amount',
  approval: 'bid',
  access: [
    allow(
      'pmo',
      'read create update delete submit withdraw export import enroll hand_in open_bids win lose fail drop make_project',
      { fields: { commercial: 'edit' } },
    ),
    allow(
      'cost_engineer',
      'read create update delete submit withdraw export enroll hand_in open_bids win lose fail drop',
      { fields: { commercial: 'edit' } },
    ),
    allow('boss', 'read export void', { fields: { commercial: 'read' } }),
    allow('finance', 'read export', { fields: { commercial: 'read' } }),
    allow('department_head', 'read', { scope: 'department_below', fields: { commercial: 'read' } }),
  ],
  views: {
    list: table('number name client type stage state due_on opening_on estimate_amount bid_amount won_amount handler', {
      sort: '-created_at',
    }),
    board: board('stage'),
    calendar: calendar('due_on', 'opening_on'),
    form: form(
      {
        label: { zh: '招标信息', en: 'Tender' },
        fields: 'name tender_no company department client agency type address handler team',
      },
      { label: { zh: '价格', en: 'Prices' }, fields: 'estimate_amount ceiling_amount bid_amount won_amount' },
      {
        label: { zh: '日程', en: 'Dates' },
        fields: 'due_on opening_on registered_on submitted_on opened_on decided_on',
      },
      { label: { zh: '评审', en: 'Review' }, fields: 'review' },
      { label: { zh: '开标记录', en: 'Bids opened' }, fields: 'bidders lowest_amount decision project' },
    ),
  },
})

export const bidBidder = entity('bid_bidder', {
  kind: 'line',
  label: { zh: '投标人', en: 'Bidder' },
  fields: {
    name: f.text({ zh: '投标人', en: 'Bidder' }, { required: true, max: 200 }),
    own: f.flag({ zh: '本单位', en: 'Ourselves' }),
    price: f.money({ zh: '报价', en: 'Price' }, { min: '0', group: 'commercial' }),
    rank: f.integer({ zh: '排名', en: 'Rank' }, { min: 1, max: 100 }),
    note: f.text({ zh: '说明', en: 'Note' }, { max: 200 }),
  },
  access: [],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    bid: typeof bid
    bid_bidder: typeof bidBidder
  }
}
