#include "engine/check/refused.hpp"

#include "engine/check/forms.hpp"
#include "engine/check/tell.hpp"

namespace heed::check {

void refuse_declarations(Draft& draft) {
  for (auto const& it : draft.guarantee_list)
    refuse(draft, {it.file, it.written->name.span}, "`guarantee`",
           "write a `test` for each case that matters");
}

}  // namespace heed::check
