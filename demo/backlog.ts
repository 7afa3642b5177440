// What the ERP team has to do, in its words: five epics, their stories, and the defects that came up.
import type { Both } from './plan/builder.ts'

export interface Epic {
  readonly key: string
  readonly title: Both
  /** Its task in the plan. */
  readonly task: Both
  readonly stories: readonly Both[]
}

export const epics: readonly Epic[] = [
  {
    key: 'fin',
    title: ['财务与总账', 'Finance and general ledger'],
    task: ['财务与总账二次开发', 'Finance and general ledger: custom build'],
    stories: [
      ['科目表与辅助核算', 'Chart of accounts and dimensions'],
      ['凭证录入与审核', 'Journal entry and approval'],
      ['期初余额导入', 'Opening balances import'],
      ['应付挂账与核销', 'Payables and matching'],
      ['应收开票与回款', 'Receivables, invoices and receipts'],
      ['银行流水对账', 'Bank statement reconciliation'],
      ['固定资产卡片与折旧', 'Fixed assets and depreciation'],
      ['增值税进项认证', 'Input VAT certification'],
      ['多公司合并抵销', 'Consolidation and elimination'],
      ['月结检查清单', 'Month-end close checklist'],
      ['利润表与资产负债表', 'Income statement and balance sheet'],
      ['费用报销到凭证', 'Expense claims to journal'],
      ['预算占用与预警', 'Budget reservation and warning'],
      ['电子会计档案归档', 'Electronic accounting archive'],
    ],
  },
  {
    key: 'pur',
    title: ['采购与供应商', 'Procurement and suppliers'],
    task: ['采购与供应商二次开发', 'Procurement and suppliers: custom build'],
    stories: [
      ['供应商准入与评级', 'Supplier onboarding and rating'],
      ['采购申请审批', 'Requisition approval'],
      ['询价比价单', 'Quotes compared'],
      ['框架合同与价目表', 'Framework contracts and price lists'],
      ['订单变更留痕', 'Order changes kept'],
      ['到货通知与收货', 'Delivery notice and receipt'],
      ['三单匹配', 'Three-way match'],
      ['采购退货', 'Returns to suppliers'],
      ['供应商门户下单', 'Supplier portal orders'],
      ['预付款申请', 'Advance payment request'],
      ['紧急采购通道', 'Urgent purchase path'],
      ['采购价格波动提醒', 'Price change alerts'],
      ['合同到期提醒', 'Contract expiry alerts'],
      ['供应商对账单', 'Supplier statements'],
    ],
  },
  {
    key: 'inv',
    title: ['库存与仓储', 'Inventory and warehouse'],
    task: ['库存与仓储二次开发', 'Inventory and warehouse: custom build'],
    stories: [
      ['仓库与库位档案', 'Warehouses and bins'],
      ['扫码入库', 'Receipt by scanner'],
      ['扫码出库', 'Issue by scanner'],
      ['批次与有效期', 'Batches and expiry'],
      ['移库与调拨', 'Moves and transfers'],
      ['循环盘点', 'Cycle counting'],
      ['盘盈盘亏过账', 'Count differences posted'],
      ['移动平均成本', 'Moving average cost'],
      ['安全库存预警', 'Safety stock alerts'],
      ['呆滞物料清单', 'Slow-moving stock list'],
      ['寄售物料管理', 'Consignment stock'],
      ['标签打印', 'Label printing'],
      ['库存账龄', 'Stock ageing'],
      ['离线扫码补传', 'Offline scans sent later'],
    ],
  },
  {
    key: 'prd',
    title: ['生产与工单', 'Production and work orders'],
    task: ['生产与工单二次开发', 'Production and work orders: custom build'],
    stories: [
      ['物料清单版本', 'Bill of materials versions'],
      ['工艺路线', 'Routings'],
      ['工单下达与齐套检查', 'Work order release and kit check'],
      ['领料与补料', 'Material issue and top-up'],
      ['报工与计件', 'Work reporting and piece rates'],
      ['在制品成本', 'Work-in-progress cost'],
      ['委外加工', 'Subcontracted operations'],
      ['质检合格入库', 'Receipt after inspection'],
      ['返工工单', 'Rework orders'],
      ['产能负荷看板', 'Capacity load board'],
      ['设备停机记录', 'Machine downtime records'],
      ['替代料规则', 'Substitute materials'],
      ['工单关闭差异', 'Order variances at close'],
      ['序列号追溯', 'Serial number tracing'],
    ],
  },
  {
    key: 'prj',
    title: ['项目与成本', 'Projects and cost'],
    task: ['项目与成本二次开发', 'Projects and cost: custom build'],
    stories: [
      ['项目立项与编码', 'Project opening and codes'],
      ['目标成本版本', 'Target cost versions'],
      ['分包合同与进度款', 'Subcontracts and progress payments'],
      ['签证与变更', 'Site instructions and changes'],
      ['材料成本归集', 'Material cost collection'],
      ['人工成本归集', 'Labour cost collection'],
      ['动态成本报表', 'Dynamic cost report'],
      ['产值确认', 'Output confirmation'],
      ['质保金台账', 'Retention ledger'],
      ['项目现金流', 'Project cash flow'],
      ['超预算审批', 'Over-budget approval'],
      ['完工结算', 'Final settlement'],
      ['项目利润表', 'Project income statement'],
      ['成本分摊规则', 'Cost allocation rules'],
    ],
  },
]

/** `{f}` is the story it was found in. */
export const defects: readonly Both[] = [
  ['{f}：保存后列表不刷新', '{f}: list is stale after saving'],
  ['{f}：金额尾差一分', '{f}: off by a cent'],
  ['{f}：导出缺少一列', '{f}: a column is missing in the export'],
  ['{f}：无权限时提示不清', '{f}: unclear message without the right'],
  ['{f}：手机上按钮被遮挡', '{f}: button covered on the phone'],
  ['{f}：并发提交产生重复单', '{f}: two submits make two documents'],
  ['{f}：日期跨月显示错误', '{f}: wrong date across months'],
]

export const chores: readonly Both[] = [
  ['升级测试环境数据库', 'Upgrade the test database'],
  ['接口日志脱敏', 'Mask personal data in interface logs'],
  ['自动化回归：采购到付款', 'Automated regression: purchase to pay'],
  ['自动化回归：订单到回款', 'Automated regression: order to cash'],
  ['代码评审规则落地', 'Code review rules in force'],
  ['性能基线：月结', 'Performance baseline: month-end'],
  ['旧系统只读账号', 'Read-only accounts of the old system'],
  ['关键用户试用反馈整理', 'Sort the key users’ feedback'],
  ['上线回退脚本', 'Roll-back script'],
  ['操作手册截图更新', 'Screenshots of the manual'],
  ['密钥轮换演练', 'Key rotation rehearsed'],
  ['主数据编码规则评审', 'Master data coding reviewed'],
  ['批处理失败告警', 'Alerts for failed batches'],
  ['培训账号批量开通', 'Training accounts opened in bulk'],
]

export const goals: readonly Both[] = [
  ['打通凭证与总账主流程', 'Journal to ledger works end to end'],
  ['采购申请到收货可演示', 'Requisition to receipt can be shown'],
  ['仓库扫码上线试点库', 'Scanning in the pilot warehouse'],
  ['应付与三单匹配', 'Payables and three-way match'],
  ['工单与领料主流程', 'Work orders and issues end to end'],
  ['成本归集与动态成本', 'Cost collection and dynamic cost'],
  ['月结与报表可用', 'Month-end close and reports usable'],
]

export const findings: readonly {
  readonly kind: 'good' | 'bad' | 'idea'
  readonly text: Both
  readonly action?: Both
}[] = [
  {
    kind: 'good',
    text: ['关键用户每周两次到场，问题当天就能确认', 'Key users came twice a week: questions settled the same day'],
  },
  {
    kind: 'good',
    text: ['扫码枪提前一周到货，联调没有等设备', 'Scanners arrived a week early: nobody waited for devices'],
  },
  {
    kind: 'bad',
    text: ['评审常常等两天以上', 'Reviews often wait for two days'],
    action: ['每天 16 点固定评审半小时', 'Half an hour of reviews every day at 16:00'],
  },
  { kind: 'bad', text: ['缺陷在迭代中途插入，打乱了承诺', 'Defects came in mid-sprint and broke the promise'] },
  { kind: 'idea', text: ['给缺陷留两成容量', 'Keep a fifth of the capacity for defects'] },
]
