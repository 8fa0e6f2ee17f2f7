#include "host/cli/console/terminal_drawer.hpp"

#include "host/cli/console/cell.hpp"
#include "host/cli/human.hpp"
#include "host/cli/text.hpp"

namespace pf::host::cli {
namespace {

constexpr std::size_t step = 2;

// Every line behind `indent` blanks.
std::string indented(const std::string& text, std::size_t indent) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        if (end > at) {
            out.append(indent, ' ');
        }
        out += text.substr(at, end - at) + "\n";
        at = end == text.npos ? text.size() : end + 1;
    }
    return out;
}

class Drawing {
  public:
    explicit Drawing(const TableLook& look) : look_(look) {}

    void row(const Block& row) {
        std::vector<TableColumn> columns;
        std::vector<Cell> cells;
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < row.columns.size(); ++i) {
            if (!row.columns[i].is_optional) {
                columns.push_back({row.columns[i].title, row.columns[i].is_number});
                cells.push_back(cell_of(row.rows.front()[i]));
                places.push_back(i);
            }
        }
        Table table(std::move(columns));
        table.add(std::move(cells));
        text_ += table.text(narrowed(0, true));
        // What the row does not show is below it.
        const std::size_t shown = places.size() - table.hidden(narrowed(0, true)).size();
        Table further({{""}, {""}});
        std::size_t place = 0;
        for (std::size_t i = 0; i < row.columns.size(); ++i) {
            const bool is_shown = place < shown && places[place] == i;
            place += place < places.size() && places[place] == i ? 1 : 0;
            if (!is_shown) {
                further.add({{row.columns[i].title}, cell_of(row.rows.front()[i])});
            }
        }
        if (further.rows() > 0) {
            text_ += "\nFurther columns\n" + indented(further.text(narrowed(step, false)), step);
        }
        inner(row, step);
    }

    void tab(const Block& tab) {
        line("\n== " + tab.title + counted_rows(tab) + " ==");
        body(tab, 0);
    }

    void line(const std::string& text) { text_ += clip_line(text) + "\n"; }
    std::string take() { return std::move(text_); }

  private:
    TableLook narrowed(std::size_t indent, bool has_heading) const {
        TableLook look = look_;
        look.width = look.width > indent ? look.width - indent : look.width;
        look.has_heading = has_heading;
        return look;
    }

    std::string clip_line(const std::string& text) const {
        const std::size_t begin = text.starts_with('\n') ? 1 : 0;
        return text.substr(0, begin) +
               (look_.width == 0 ? text.substr(begin) : clip(text.substr(begin), look_.width));
    }

    static std::string counted_rows(const Block& block) {
        return block.kind == Block::Kind::grid ? " (" + count_text(block.rows.size()) + ")" : "";
    }

    void body(const Block& block, std::size_t indent) {
        const std::string blanks(indent, ' ');
        if (!block.remark.empty()) {
            line(blanks + "(" + block.remark + ")");
        }
        if (block.is_empty()) {
            line(blanks + "(nothing)");
            return;
        }
        switch (block.kind) {
            case Block::Kind::pairs:
                pairs(block, indent);
                break;
            case Block::Kind::grid:
                grid(block, indent);
                break;
            case Block::Kind::text:
                text_ += indented(block.text, indent);
                break;
            case Block::Kind::group:
                break;
        }
        inner(block, indent);
    }

    void inner(const Block& block, std::size_t indent) {
        for (const Block& one : block.blocks) {
            if (&one != &block.blocks.front() || block.kind != Block::Kind::group) {
                text_ += "\n";
            }
            if (one.title.empty()) {
                body(one, indent);
                continue;
            }
            line(std::string(indent, ' ') + one.title + counted_rows(one));
            body(one, indent + step);
        }
    }

    void pairs(const Block& block, std::size_t indent) {
        Table table({{""}, {""}});
        for (std::size_t i = 0; i < block.columns.size(); ++i) {
            table.add({{block.columns[i].title}, cell_of(block.rows.front()[i])});
        }
        text_ += indented(table.text(narrowed(indent, false)), indent);
    }

    void grid(const Block& block, std::size_t indent) {
        std::vector<TableColumn> columns;
        for (const Block::Column& column : block.columns) {
            columns.push_back({column.title, column.is_number});
        }
        Table table(std::move(columns));
        for (const auto& row : block.rows) {
            std::vector<Cell> cells;
            for (const FieldValue& value : row) {
                cells.push_back(cell_of(value));
            }
            table.add(std::move(cells));
        }
        const TableLook look = narrowed(indent, true);
        text_ += indented(table.text(look), indent);
        std::string hidden;
        for (const std::string& title : table.hidden(look)) {
            hidden += (hidden.empty() ? "" : ", ") + title;
        }
        if (!hidden.empty()) {
            line(std::string(indent, ' ') + "(too narrow for: " + hidden + ")");
        }
    }

    TableLook look_;
    std::string text_;
};

}  // namespace

std::string draw_on_terminal(const Picture& picture, const TableLook& look) {
    Drawing drawing(look);
    drawing.line(picture.title + " " + picture.name);
    if (!picture.link.empty()) {
        drawing.line(picture.link);
    }
    drawing.line("");
    drawing.row(picture.row);
    for (const Block& tab : picture.tabs) {
        drawing.tab(tab);
    }
    return drawing.take();
}

}  // namespace pf::host::cli
