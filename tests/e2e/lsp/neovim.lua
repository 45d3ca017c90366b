-- What an author does in Neovim, step by step; what came of it goes to the file named by $HEED_RESULTS.
local results = {}
local folder = vim.env.HEED_FOLDER

local function wait(what, done)
  results[what .. " came"] = vim.wait(30000, done, 20)
end
local function messages()
  local all = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    table.insert(all, diagnostic.message)
  end
  return all
end
local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 30000) or {}
  for _, answer in pairs(answers) do
    return answer.result
  end
end
local function put_cursor(line, column)
  vim.api.nvim_win_set_cursor(0, { line, column })
end
local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
end

local function steps()
  vim.cmd("edit " .. vim.fn.fnameescape(folder .. "/rules.heed"))
  wait("a mistake", function()
    return #vim.diagnostic.get(0) == 1
  end)
  results.diagnostics = messages()

  -- Correct it while the server listens.
  vim.api.nvim_buf_set_text(0, 1, 7, 1, 28, { "לקוח.פניות" })
  wait("no mistake", function()
    return #vim.diagnostic.get(0) == 0
  end)

  put_cursor(2, 10)
  results.hover = ask("textDocument/hover", vim.lsp.util.make_position_params()).contents.value
  results.definition = ask("textDocument/definition", vim.lsp.util.make_position_params())[1].uri

  vim.api.nvim_buf_set_lines(0, 1, 2, false, { "  when לקוח.פניות >= 3 and customer.tier is  " })
  put_cursor(2, #vim.api.nvim_buf_get_lines(0, 1, 2, false)[1])
  local labels = {}
  for _, item in ipairs(ask("textDocument/completion", vim.lsp.util.make_position_params()).items) do
    table.insert(labels, item.label)
  end
  results.completion = labels

  vim.api.nvim_buf_set_lines(0, 1, 2, false, { "  when לקוח.פניות   >= 3 and customer.tier is   gold" })
  put_cursor(2, 10)
  vim.lsp.buf.rename("לקוח.קשרים")
  wait("the rename", function()
    return text():find("לקוח.קשרים", 1, true) ~= nil
  end)
  vim.lsp.buf.formatting_sync(nil, 30000)
  results.text = text()
  vim.cmd("silent wall")

  vim.cmd("edit " .. vim.fn.fnameescape(folder .. "/vocabulary.heed"))
  results.renamed_elsewhere = text()
  vim.lsp.stop_client(vim.lsp.get_active_clients())
  wait("the end", function()
    return #vim.lsp.get_active_clients() == 0
  end)
end

local ok, problem = pcall(steps)
if not ok then
  results.problem = tostring(problem)
end
local file = io.open(vim.env.HEED_RESULTS, "w")
file:write(vim.fn.json_encode(results))
file:close()
vim.cmd("qall!")
