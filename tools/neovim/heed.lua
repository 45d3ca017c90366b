-- Heed in Neovim 0.7 or newer. Put this file where init.lua finds it and say `require("heed")`, or
-- `:luafile` it. It needs the program `heed` on the PATH.
local command = { vim.env.HEED or "heed", "lsp" }
local clients = {}

--- The folder of the repository, or of the file where there is none.
local function find_root(file)
  local folder = vim.fn.fnamemodify(file, ":p:h")
  local found = vim.fn.finddir(".git", folder .. ";")
  return found ~= "" and vim.fn.fnamemodify(found, ":p:h:h") or folder
end

local function on_attach(_, buffer)
  local function map(keys, action)
    vim.keymap.set("n", keys, action, { buffer = buffer })
  end
  map("K", vim.lsp.buf.hover)
  map("gd", vim.lsp.buf.definition)
  map("gr", vim.lsp.buf.references)
  map("<leader>rn", vim.lsp.buf.rename)
  map("<leader>ca", vim.lsp.buf.code_action)
  vim.bo[buffer].omnifunc = "v:lua.vim.lsp.omnifunc"
  vim.bo[buffer].commentstring = "# %s"
end

local function attach(event)
  local buffer = event.buf
  vim.bo[buffer].filetype = "heed"
  local root = find_root(event.match)
  clients[root] = clients[root]
    or vim.lsp.start_client({
      name = "heed",
      cmd = command,
      root_dir = root,
      workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
      capabilities = vim.lsp.protocol.make_client_capabilities(),
      on_attach = on_attach,
      on_exit = function()
        clients[root] = nil
      end,
    })
  vim.lsp.buf_attach_client(buffer, clients[root])
end

vim.api.nvim_create_autocmd({ "BufReadPost", "BufNewFile" }, { pattern = "*.heed", callback = attach })
