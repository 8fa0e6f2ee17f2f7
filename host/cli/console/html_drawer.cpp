#include "host/cli/console/html_drawer.hpp"

#include "host/cli/console/html_style.hpp"
#include "host/cli/console/html_text.hpp"
#include "host/cli/human.hpp"

namespace pf::host::cli {
namespace {

const char* class_of(Hue hue) {
    switch (hue) {
        case Hue::none:
            break;
        case Hue::black:
            return "black";
        case Hue::white:
            return "white";
        case Hue::gray:
            return "gray";
        case Hue::red:
            return "red";
        case Hue::coral:
            return "coral";
        case Hue::yellow:
            return "yellow";
        case Hue::green:
            return "green";
        case Hue::blue:
            return "blue";
        case Hue::violet:
            return "violet";
        case Hue::peacock:
            return "peacock";
        case Hue::indigo:
            return "indigo";
    }
    return "plain";
}

std::string piece(const Piece& one) {
    const std::string text = html_text(one.text);
    switch (one.shape) {
        case Shape::badge:
            return std::string("<span class=\"badge ") + class_of(one.hue) + "\">" + text +
                   "</span>";
        case Shape::state:
            return std::string("<span class=\"state ") + class_of(one.hue) + "\">" + text +
                   "</span>";
        case Shape::tag:
            return "<span class=\"tag\">" + text + "</span>";
        case Shape::plain:
            break;
    }
    return text;
}

std::string value(const FieldValue& all) {
    if (all.is_empty()) {
        return "<span class=\"none\">-</span>";
    }
    const std::string between = all.delimiter.empty() ? "<br>" : html_text(all.delimiter);
    std::string text;
    for (const Piece& one : all.pieces) {
        text += (text.empty() ? "" : between) + piece(one);
    }
    return text;
}

std::string heading(const Block::Column& column) {
    return "<th scope=\"col\"" + std::string(column.is_number ? " class=\"number\"" : "") + ">" +
           html_text(column.title) +
           (column.is_optional ? " <span class=\"none\">(optional)</span>" : "") + "</th>";
}

std::string table(const std::vector<Block::Column>& columns,
                  const std::vector<std::vector<FieldValue>>& rows) {
    std::string text = "<div class=\"wide\"><table><thead><tr>";
    for (const Block::Column& column : columns) {
        text += heading(column);
    }
    text += "</tr></thead><tbody>\n";
    for (const auto& row : rows) {
        text += "<tr>";
        for (std::size_t i = 0; i < row.size(); ++i) {
            text +=
                (columns[i].is_number ? "<td class=\"number\">" : "<td>") + value(row[i]) + "</td>";
        }
        text += "</tr>\n";
    }
    return text + "</tbody></table></div>\n";
}

std::string pairs(const Block& block) {
    std::string text = "<table class=\"pairs\"><tbody>\n";
    for (std::size_t i = 0; i < block.columns.size(); ++i) {
        text += "<tr><th scope=\"row\">" + html_text(block.columns[i].title) + "</th><td>" +
                value(block.rows.front()[i]) + "</td></tr>\n";
    }
    return text + "</tbody></table>\n";
}

std::string title_of(const Block& block) {
    return html_text(block.title) +
           (block.kind == Block::Kind::grid ? " (" + count_text(block.rows.size()) + ")" : "");
}

std::string body(const Block& block) {
    std::string text;
    if (!block.remark.empty()) {
        text += "<p class=\"none\">" + html_text(block.remark) + "</p>\n";
    }
    if (block.is_empty()) {
        return text + "<p class=\"none\">Nothing here.</p>\n";
    }
    switch (block.kind) {
        case Block::Kind::pairs:
            text += pairs(block);
            break;
        case Block::Kind::grid:
            text += table(block.columns, block.rows);
            break;
        case Block::Kind::text:
            text += "<pre>" + html_text(block.text) + "</pre>\n";
            break;
        case Block::Kind::group:
            break;
    }
    for (const Block& inner : block.blocks) {
        text += (inner.title.empty() ? "" : "<h3>" + title_of(inner) + "</h3>\n") + body(inner);
    }
    return text;
}

std::string resource(const Picture& picture, const std::string& mark) {
    std::string text = "<article>\n<header><p class=\"none\">" + html_text(picture.title) +
                       "</p><h1>" + html_text(picture.name) + "</h1>";
    if (!picture.link.empty()) {
        text += "<p><a rel=\"noreferrer noopener\" href=\"" + html_text(picture.link) +
                "\">Open in Prism</a></p>";
    }
    text += "</header>\n<section><h2>Row</h2>\n" + table(picture.row.columns, picture.row.rows) +
            "</section>\n<nav><ul>\n";
    std::string sections;
    for (std::size_t i = 0; i < picture.tabs.size(); ++i) {
        const Block& tab = picture.tabs[i];
        const std::string id = mark + "-tab-" + std::to_string(i + 1);
        text += "<li><a href=\"#" + id + "\">" + title_of(tab) + "</a></li>\n";
        sections += "<section id=\"" + id + "\"><h2>" + title_of(tab) + "</h2>\n" + body(tab) +
                    "</section>\n";
    }
    return text + "</ul></nav>\n" + sections + "</article>\n";
}

}  // namespace

std::string draw_as_html(const std::vector<Picture>& pictures,
                         const std::vector<std::string>& reasons) {
    const std::string title = pictures.empty() ? "prismforet"
                                               : html_text(pictures.front().name) + " - " +
                                                     html_text(pictures.front().title);
    std::string page =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src 'unsafe-inline'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
        title + "</title>\n<style>\n" + std::string(html_style()) + "</style>\n</head>\n<body>\n";
    if (!reasons.empty()) {
        page += "<aside><strong>Not everything arrived.</strong><ul>\n";
        for (const std::string& reason : reasons) {
            page += "<li>" + html_text(reason) + "</li>\n";
        }
        page += "</ul></aside>\n";
    }
    page += "<main>\n";
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        page += resource(pictures[i], "r" + std::to_string(i + 1));
    }
    return page + "</main>\n</body>\n</html>\n";
}

}  // namespace pf::host::cli
